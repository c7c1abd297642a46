package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.GenerationRefused;
import io.headwater.events.InstanceReported;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.events.RolloutTrial;
import io.headwater.events.ServedModel;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.rollouts.ForkedController.Act;
import io.headwater.trainer.rollouts.ForkedController.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A controller is killed (SIGKILL, a process of its own) in each state of a rollout, at each step of what it does there; its
 * successor finds what was before or what is after, and goes on.
 */
class KilledControllerTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();
    private Stream stream;

    @BeforeEach
    void open() throws IOException {
        stream = new Stream(prefix);
        for (int version = 1; version <= 6; version++) {
            Path head = directory.resolve("models/" + version + "/head.onnx");
            Files.createDirectories(head.getParent());
            Files.write(head, new byte[1]);
        }
        allServeWhateverComes();
        try (LiveController first = controller().takeOver()) {
            first.begin();
        }
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void whoever_is_killed_anywhere_leaves_one_state_that_the_next_one_goes_on_from() {
        killedIn(Act.FIRST_ARRIVES, 1);
        killedIn(Act.SECOND_ARRIVES, 1, ModelState.SHADOW);
        killedIn(Act.SECOND_IS_BETTER, 1, ModelState.CANARY);
        killedIn(Act.SECOND_IS_BETTER, 1, ModelState.CANARY);
        killedIn(Act.SECOND_IS_BETTER, 2, ModelState.STABLE);
        killedIn(Act.SECOND_IS_WORSE, 1, ModelState.ROLLED_BACK);
        // It waits: after a rollback nothing goes forward by itself for a time.
        try (LiveController controller = controller().takeOver()) {
            controller.arrives(3);
        }
        killedIn(Act.THIRD_IS_MADE_CANARY, 1, ModelState.ROLLED_BACK, ModelState.CANARY);
        killedIn(Act.THIRD_IS_WORSE, 1, ModelState.ROLLED_BACK, ModelState.ROLLED_BACK);
        killedIn(Act.PAUSE, 1, ModelState.ROLLED_BACK, ModelState.ROLLED_BACK);
        // What protects goes on while it is paused.
        byHand(controller -> controller.arrives(4), new Move.Shadow(4));
        killedIn(Act.FOURTH_IS_WORSE, 1, ModelState.ROLLED_BACK, ModelState.ROLLED_BACK, ModelState.REJECTED);
        byHand(controller -> controller.arrives(5), new Move.Shadow(5));
        oneCanNotLoad(5);
        killedIn(
                Act.FIFTH_CAN_NOT_BE_LOADED,
                1,
                ModelState.ROLLED_BACK,
                ModelState.ROLLED_BACK,
                ModelState.REJECTED,
                ModelState.REJECTED);
        byHand(controller -> controller.arrives(6), new Move.Promote(6), new Move.Resume());
        killedIn(
                Act.PROBATION_ENDS,
                6,
                ModelState.ROLLED_BACK,
                ModelState.ROLLED_BACK,
                ModelState.REJECTED,
                ModelState.REJECTED,
                ModelState.STABLE);
    }

    /**
     * Each one that is killed before it has recorded anything is followed by the next, which is killed a step later.
     *
     * @param stable the stable version in the end
     * @param others the states of versions 2, 3 and so on in the end, if they are there
     */
    private void killedIn(Act act, long stable, ModelState... others) {
        int before = generations().size();
        for (Stop stop : Stop.values()) {
            killed(act, stop, directory.resolve("mark-" + before + stop));
            assertThat(generations()).as("%s at %s", act, stop).hasSize(before + (stop == Stop.RECORDED ? 1 : 0));
        }

        try (LiveController successor = controller().takeOver()) {
            // It was recorded, though whoever did it never knew: it is not done again.
            assertThat(successor.look()).as(act.name()).isFalse();
            assertThat(successor.rollout().getStable().getVersion()).isEqualTo(stable);
            for (int i = 0; i < others.length; i++) {
                assertThat(successor.registry.model(2 + i).orElseThrow().getState())
                        .isEqualTo(others[i]);
            }
            assertThatTheStateIsOne(successor);
        }
        assertThatEachGenerationIsRecordedOnceAndSaysWhy(before + 1);
    }

    private void byHand(Consumer<LiveController> first, Move... moves) {
        try (LiveController controller = controller().takeOver()) {
            first.accept(controller);
            for (Move move : moves) {
                assertThat(controller.hand(move, "I want to see it.")).isTrue();
            }
        }
    }

    private void killed(Act act, Stop stop, Path mark) {
        try (ForkedController victim =
                ForkedController.start(TestBroker.bootstrapServers(), prefix, directory, act, stop, mark)) {
            await().atMost(SOON).until(() -> Files.exists(mark) || !victim.isAlive());
            assertThat(mark).exists();
        }
    }

    private void assertThatEachGenerationIsRecordedOnceAndSaysWhy(long newest) {
        assertThat(generations())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, newest).boxed().toList());
        assertThat(read(stream.topics().rolloutHistory().name(), RolloutChanged.class))
                .allSatisfy(rollout -> {
                    assertThat(rollout.getReason()).isNotBlank();
                    assertThat(rollout.getChangedBy()).isIn("trainer", "alice");
                });
        assertThat(read(stream.topics().rollouts().name(), RolloutChanged.class))
                .extracting(RolloutChanged::getGeneration)
                .isSorted()
                .doesNotHaveDuplicates()
                .last()
                .isEqualTo(newest);
    }

    /** The versions say what the rollout says. */
    private static void assertThatTheStateIsOne(LiveController successor) {
        RolloutChanged rollout = successor.rollout();
        Optional<Long> stable = Optional.ofNullable(rollout.getStable()).map(ServedModel::getVersion);
        Optional<Long> canary = Optional.ofNullable(rollout.getCanary()).map(ServedModel::getVersion);
        Optional<Long> trial = Optional.ofNullable(rollout.getTrial()).map(RolloutTrial::getVersion);
        assertThat(inState(successor, ModelState.STABLE))
                .containsExactlyElementsOf(stable.map(List::of).orElse(List.of()));
        assertThat(inState(successor, ModelState.CANARY))
                .containsExactlyElementsOf(canary.map(List::of).orElse(List.of()));
        assertThat(inState(successor, ModelState.SHADOW))
                .containsExactlyElementsOf(trial.filter(version -> !canary.equals(Optional.of(version)))
                        .map(List::of)
                        .orElse(List.of()));
    }

    private static List<Long> inState(LiveController successor, ModelState state) {
        return successor.registry.newestFirst().stream()
                .filter(model -> model.getState() == state)
                .map(ModelPublished::getVersion)
                .toList();
    }

    private LiveController controller() {
        return new LiveController(TestBroker.kafka(), prefix, directory, Map.of());
    }

    private List<Long> generations() {
        return read(stream.topics().rolloutHistory().name(), RolloutChanged.class).stream()
                .map(RolloutChanged::getGeneration)
                .toList();
    }

    private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        var deserializer = EventFormat.singleObject().deserializer(type);
        return stream.read(topic).stream()
                .map(written -> deserializer.deserialize(topic, written.value()))
                .toList();
    }

    /** The only instance of the inference-service is never behind. */
    private void allServeWhateverComes() {
        report("one", InstanceReported.newBuilder().setGeneration(1_000L));
    }

    /** Another instance, which stays at the generation before. */
    private void oneCanNotLoad(long version) {
        long generation = generations().size();
        report(
                "two",
                InstanceReported.newBuilder()
                        .setGeneration(generation - 1)
                        .setRefusal(GenerationRefused.newBuilder()
                                .setGeneration(generation)
                                .setReason("Its file is no model.")
                                .setSince(Instant.now())
                                .setAttempts(LiveController.SETTINGS.failureLimit())
                                .setVersion(version)
                                .build()));
    }

    private void report(String instance, InstanceReported.Builder says) {
        InstanceReported report = says.setStartedAt(Instant.now())
                .setReportedAt(Instant.now())
                .setHeartbeatMillis(600_000)
                .build();
        String topic = stream.topics().instances().name();
        stream.raw(
                topic,
                instance,
                EventFormat.singleObject().serializer(InstanceReported.class).serialize(topic, report));
    }
}
