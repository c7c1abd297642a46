package io.headwater.trainer.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ElectionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String prefix = TestBroker.freshPrefix();
    private final String group = prefix + "trainers";
    private Stream stream;

    @BeforeEach
    void open() {
        stream = new Stream(prefix);
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void the_first_is_elected_and_stays_so_when_another_one_comes() {
        try (Election first = election("http://one");
                Election second = election("http://two")) {
            first.start();
            Term term = awaitTerm(first);

            second.start();
            await().atMost(PATIENCE).until(() -> members() == 2);

            assertThat(first.lasts(term)).isTrue();
            assertThat(second.term()).isEmpty();
            await().atMost(PATIENCE).until(() -> second.leader().equals(Optional.of("http://one")));
        }
    }

    @Test
    void when_the_elected_one_leaves_another_one_is_elected() {
        try (Election second = election("http://two")) {
            try (Election first = election("http://one")) {
                first.start();
                Term term = awaitTerm(first);
                second.start();
                await().atMost(PATIENCE).until(() -> members() == 2);

                first.close();

                assertThat(first.lasts(term)).isFalse();
            }
            awaitTerm(second);
            assertThat(second.leader()).contains("http://two");
        }
    }

    @Test
    void an_election_that_was_never_started_can_be_closed() {
        Election never = election("http://one");

        never.close();

        assertThat(never.term()).isEmpty();
    }

    @Test
    void a_takeover_that_brokers_would_refuse_is_refused_by_the_name_of_its_key() {
        assertThatThrownBy(() -> new Candidate("http://one", Duration.ofSeconds(5)))
                .hasMessageStartingWith("headwater.trainer.takeover-after is PT5S, but must be from 6 s to 5 min");
    }

    private Election election(String address) {
        return new Election(
                TestBroker.kafka(),
                group,
                stream.topics().rollouts().name(),
                new Candidate(address, Duration.ofSeconds(6)));
    }

    private static Term awaitTerm(Election election) {
        await().atMost(PATIENCE).until(() -> election.term().isPresent());
        return election.term().orElseThrow();
    }

    private int members() throws Exception {
        try (Admin admin = Admin.create(TestBroker.kafka())) {
            ConsumerGroupDescription described = admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get();
            return described.groupState() == GroupState.STABLE
                    ? described.members().size()
                    : 0;
        }
    }
}
