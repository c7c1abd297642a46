package io.headwater.inference.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PredictionStreamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final PredictionFilter ALL = PredictionFilter.parse(null, null, null, null);

    private final RecentPredictions recent = RecentPredictionsTest.store(100, 1_000_000, 0);
    private final PredictionStream stream = new PredictionStream(recent, one -> PredictionFilterTest.prediction(), 2);

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void who_listens_gets_what_is_committed_from_then_on() {
        RecentPredictionsTest.commit(recent, 0, 3);
        Connection connection = new Connection();

        assertThat(stream.join(connection, ALL, Optional.empty())).isTrue();
        RecentPredictionsTest.commit(recent, 3, 6);

        await().atMost(PATIENCE).until(() -> connection.events.size() == 3);
        assertThat(numbers(connection)).containsExactly("4", "5", "6");
    }

    @Test
    void who_comes_back_goes_on_behind_the_last_that_it_saw() {
        Connection first = new Connection();
        stream.join(first, ALL, Optional.empty());
        RecentPredictionsTest.commit(recent, 0, 5);
        await().atMost(PATIENCE).until(() -> first.events.size() == 5);

        Connection second = new Connection();
        stream.join(second, ALL, Optional.of(id(first.events.get(2))));

        await().atMost(PATIENCE).until(() -> second.events.size() == 2);
        assertThat(second.events).isEqualTo(first.events.subList(3, 5));
    }

    @Test
    void who_was_away_for_too_long_is_told_how_many_passed() {
        Connection first = new Connection();
        stream.join(first, ALL, Optional.empty());
        RecentPredictionsTest.commit(recent, 0, 1);
        await().atMost(PATIENCE).until(() -> first.events.size() == 1);
        RecentPredictionsTest.commit(recent, 1, 251);

        Connection second = new Connection();
        stream.join(second, ALL, Optional.of(id(first.events.get(0))));

        await().atMost(PATIENCE).until(() -> second.events.size() == 101);
        assertThat(second.events.get(0)).endsWith("-151 lost 150");
        assertThat(numbers(second).get(1)).isEqualTo("152");
    }

    @Test
    void an_id_of_another_run_gets_all_that_is_here_and_is_told_that_some_are_lost() {
        RecentPredictionsTest.commit(recent, 0, 3);
        Connection connection = new Connection();

        stream.join(connection, ALL, Optional.of("abc-2"));

        await().atMost(PATIENCE).until(() -> connection.events.size() == 4);
        assertThat(connection.events.get(0)).endsWith("-0 lost 1");
    }

    @Test
    void garbage_as_last_id_begins_with_what_comes() {
        RecentPredictionsTest.commit(recent, 0, 3);
        Connection connection = new Connection();
        stream.join(connection, ALL, Optional.of("what?"));

        RecentPredictionsTest.commit(recent, 3, 4);

        await().atMost(PATIENCE).until(() -> connection.events.size() == 1);
        assertThat(numbers(connection)).containsExactly("4");
    }

    @Test
    void a_slow_one_holds_up_nobody_and_loses_the_oldest() {
        // Given
        Connection slow = new Connection();
        Connection quick = new Connection();
        stream.join(slow, ALL, Optional.empty());
        slow.taken = new CompletableFuture<>();
        stream.join(quick, ALL, Optional.empty());
        RecentPredictionsTest.commit(recent, 0, 1);
        await().atMost(PATIENCE).until(() -> slow.events.size() == 1 && quick.events.size() == 1);

        // When
        for (int round = 0; round < 10; round++) {
            int sent = 1 + round * 50;
            RecentPredictionsTest.commit(recent, sent, sent + 50);
            await().atMost(PATIENCE).until(() -> quick.events.size() == sent + 50);
        }
        List<String> before = List.copyOf(slow.events);
        CompletableFuture<Void> taken = slow.taken;
        slow.taken = CompletableFuture.completedFuture(null);
        taken.complete(null);

        // Then
        assertThat(before).hasSize(1);
        await().atMost(PATIENCE).until(() -> slow.events.size() == 102);
        assertThat(slow.events.get(1)).endsWith("-401 lost 400");
    }

    @Test
    void there_are_no_more_listeners_than_allowed_and_one_that_is_gone_makes_room() {
        Connection gone = new Connection();
        stream.join(gone, ALL, Optional.empty());
        stream.join(new Connection(), ALL, Optional.empty());
        assertThat(stream.join(new Connection(), ALL, Optional.empty())).isFalse();

        gone.closed = true;

        await().atMost(PATIENCE).until(() -> stream.clients() == 1);
        assertThat(stream.join(new Connection(), ALL, Optional.empty())).isTrue();
    }

    @Test
    void one_whose_connection_fails_is_given_up() {
        Connection broken = new Connection();
        broken.taken = CompletableFuture.failedFuture(new IllegalStateException("connection reset"));
        stream.join(broken, ALL, Optional.empty());

        RecentPredictionsTest.commit(recent, 0, 1);

        await().atMost(PATIENCE).until(() -> stream.clients() == 0);
        assertThat(broken.closed).isTrue();
    }

    @Test
    void what_a_filter_leaves_out_is_not_sent() {
        Connection picky = new Connection();
        Connection other = new Connection();
        stream.join(picky, PredictionFilter.parse("99", null, null, null), Optional.empty());
        stream.join(other, ALL, Optional.empty());

        RecentPredictionsTest.commit(recent, 0, 90);

        await().atMost(PATIENCE).until(() -> other.events.size() == 90);
        assertThat(picky.events).isEmpty();
    }

    @Test
    void when_the_service_stops_all_connections_are_closed() {
        Connection connection = new Connection();
        stream.join(connection, ALL, Optional.empty());

        stream.close();

        assertThat(connection.closed).isTrue();
        assertThat(stream.join(new Connection(), ALL, Optional.empty())).isFalse();
    }

    @Test
    void silence_is_broken_and_who_does_not_take_it_is_gone_in_the_end() {
        // Given
        Connection connection = new Connection();
        StreamClient client = new StreamClient("run", connection, ALL, 1, 0);

        // When
        connection.taken = new CompletableFuture<>();
        client.heartbeat(() -> {}, 10);

        // Then
        assertThat(connection.heartbeats).isEqualTo(1);
        assertThat(client.isGone(60, 60)).isFalse();
        assertThat(client.isGone(71, 60)).isTrue();
        connection.taken.complete(null);
        assertThat(client.isGone(71, 60)).isFalse();
    }

    private static String id(String event) {
        return event.split(" ")[0];
    }

    private static List<String> numbers(Connection connection) {
        List<String> numbers = new ArrayList<>();
        connection.events.forEach(event -> numbers.add(id(event).split("-")[1]));
        return numbers;
    }

    /** Writes down what it gets, and takes it when {@code taken} says so. */
    private static final class Connection implements Sink {
        private final List<String> events = new CopyOnWriteArrayList<>();
        private volatile CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);
        private volatile boolean closed;
        private volatile int heartbeats;

        @Override
        public CompletionStage<?> prediction(String id, Prediction prediction) {
            events.add(id + " prediction");
            return taken;
        }

        @Override
        public CompletionStage<?> lost(String id, long count) {
            events.add(id + " lost " + count);
            return taken;
        }

        @Override
        public CompletionStage<?> heartbeat() {
            heartbeats++;
            return taken;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
