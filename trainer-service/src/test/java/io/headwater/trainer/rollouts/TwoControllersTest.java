package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.RolloutChanged;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.registry.FencedException;
import io.headwater.trainer.registry.NotRecordingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two controllers that both believe that they decide, on one broker. */
class TwoControllersTest {
    private static final int ROUNDS = 10;

    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();
    private Stream stream;

    @BeforeEach
    void open() throws Exception {
        stream = new Stream(prefix);
        Path head = directory.resolve("models/1/head.onnx");
        Files.createDirectories(head.getParent());
        Files.write(head, new byte[1]);
        try (LiveController first = controller().takeOver()) {
            first.begin();
            first.arrives(1);
        }
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void the_earlier_one_is_shut_out_and_records_nothing() {
        try (LiveController earlier = controller().takeOver();
                LiveController later = controller().takeOver()) {
            assertThatThrownBy(() -> earlier.hand(new Move.Pause(), "I was first."))
                    .isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> earlier.arrives(2)).isInstanceOf(NotRecordingException.class);
            assertThat(later.hand(new Move.Pause(), "I am the second.")).isTrue();

            earlier.takeOver();

            assertThat(earlier.rollout().getReason()).isEqualTo("Paused. I am the second.");
            assertThatThrownBy(() -> later.hand(new Move.Resume(), "Again.")).isInstanceOf(FencedException.class);
        }
        assertThat(history()).hasSize(3);
    }

    @Test
    void two_that_take_over_from_each_other_all_the_time_record_every_decision_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2);
        List<String> done = new ArrayList<>();
        try (LiveController one = controller();
                LiveController other = controller()) {
            Future<List<String>> first = threads.submit(decisions(one, "one", together));
            Future<List<String>> second = threads.submit(decisions(other, "other", together));
            done.addAll(first.get());
            done.addAll(second.get());
        } finally {
            threads.shutdownNow();
        }

        assertThat(done).isNotEmpty();
        List<RolloutChanged> history = history();
        assertThat(history)
                .extracting(RolloutChanged::getGeneration)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList());
        for (String reason : done) {
            assertThat(history)
                    .filteredOn(rollout -> rollout.getReason().endsWith(reason))
                    .hasSize(1);
        }
    }

    /** Each round both take over and decide at the same time; the reasons of what they believe to have recorded. */
    private static Callable<List<String>> decisions(LiveController own, String name, CyclicBarrier together) {
        return () -> {
            List<String> done = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                together.await();
                String reason = name + " in round " + round + ".";
                try {
                    own.takeOver();
                    boolean paused = own.rollout().getPaused();
                    if (own.hand(paused ? new Move.Resume() : new Move.Pause(), reason)) {
                        done.add(reason);
                    }
                } catch (FencedException | NotRecordingException e) {
                    // The other one was later.
                } catch (KafkaException e) {
                    // As its successor it finds out what became of it.
                }
            }
            return done;
        };
    }

    private LiveController controller() {
        return new LiveController(TestBroker.kafka(), prefix, directory, Map.of());
    }

    private List<RolloutChanged> history() {
        String topic = stream.topics().rolloutHistory().name();
        var deserializer = EventFormat.singleObject().deserializer(RolloutChanged.class);
        return stream.read(topic).stream()
                .map(written -> deserializer.deserialize(topic, written.value()))
                .toList();
    }
}
