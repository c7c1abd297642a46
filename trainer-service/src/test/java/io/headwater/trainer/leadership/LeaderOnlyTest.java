package io.headwater.trainer.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.trainer.problem.Problem;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaderOnlyTest {

    private record Stands(Role role, Optional<String> leader, Optional<String> obstacle) implements Standing {}

    @Test
    void a_leader_that_is_ready_lets_everything_through() {
        assertThat(LeaderOnlyFilter.refusal(new Stands(Role.LEADER, Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void a_standby_says_where_the_leader_is() {
        var standing = new Stands(Role.STANDBY, Optional.of("http://one:8082"), Optional.empty());

        Problem problem = refusal(standing);

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.detail()).isEqualTo("This trainer is a standby. Ask the leader at http://one:8082.");
        assertThat(problem.extensions()).isEqualTo(Map.of("role", "standby", "leader", "http://one:8082"));
    }

    @Test
    void a_standby_without_a_leader_says_so() {
        Problem problem = refusal(new Stands(Role.STANDBY, Optional.empty(), Optional.empty()));

        assertThat(problem.detail()).contains("Nobody is known to lead");
        assertThat(problem.extensions()).isEqualTo(Map.of("role", "standby"));
    }

    @Test
    void a_leader_that_is_not_ready_says_why_and_when_to_try_again() {
        var standing = new Stands(Role.LEADER, Optional.of("http://one:8082"), Optional.of("Kafka is away."));

        try (Response response = LeaderOnlyFilter.refusal(standing).orElseThrow()) {
            assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
            assertThat(((Problem) response.getEntity()).detail()).isEqualTo("Kafka is away.");
        }
    }

    private static Problem refusal(Standing standing) {
        try (Response response = LeaderOnlyFilter.refusal(standing).orElseThrow()) {
            return (Problem) response.getEntity();
        }
    }
}
