package io.headwater.trainer.rollouts;

import static org.awaitility.Awaitility.await;

import io.headwater.events.GateOutcome;
import io.headwater.events.ImageClassified;
import io.headwater.events.JudgedAnswer;
import io.headwater.events.ModelPublished;
import io.headwater.events.PredictionJudged;
import io.headwater.events.RolloutChanged;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicFollower;
import io.headwater.topics.Topics;
import io.headwater.trainer.artifacts.DirectoryStore;
import io.headwater.trainer.quality.Counted;
import io.headwater.trainer.quality.LiveQuality;
import io.headwater.trainer.registry.Publication;
import io.headwater.trainer.registry.Publisher;
import io.headwater.trainer.registry.Recording;
import io.headwater.trainer.registry.Registry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** What rolls out in a trainer, on a real broker, without what trains and what listens for labels. */
final class LiveController implements AutoCloseable {
    static final RolloutSettings SETTINGS = new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 100, new DurationConverter())
            .withMapping(RolloutConfig.class)
            .withDefaultValues(Map.of(
                    "headwater.rollout.policy", "shadow-then-canary",
                    "headwater.rollout.interval", "0s",
                    "headwater.rollout.min-labels", "10"))
            .build()
            .getConfigMapping(RolloutConfig.class)
            .settings();

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int LABELS = 200;

    final Registry registry = new Registry();
    final Rollouts rollouts;
    private final EventFormat format = EventFormat.singleObject();
    private final LiveQuality live = new LiveQuality();
    private final Map<String, Object> kafka;
    private final Topics topics;
    private volatile Duration ahead = Duration.ZERO;

    /**
     * @param store holds the files of every version
     * @param writing more of the configuration of the producer that records decisions
     */
    LiveController(Map<String, Object> kafka, String prefix, Path store, Map<String, Object> writing) {
        this.kafka = kafka;
        topics = new Topics(prefix, 2, 1);
        Map<String, Object> recording = new HashMap<>(kafka);
        recording.putAll(writing);
        rollouts = new Rollouts(
                registry,
                new Recording(new Publisher(recording, prefix + "headwater-trainer", topics, format), registry),
                new EvidenceReader(live, () -> 1, SETTINGS, Counted.ALL),
                new TrafficWatch(
                        kafka,
                        topics.predictions().name(),
                        format.deserializer(ImageClassified.class),
                        Clock.systemUTC()),
                new InstanceReports(kafka, topics.instances().name(), format),
                SETTINGS,
                new DirectoryStore(store),
                new AheadClock());
    }

    /** Shuts every earlier one out, and reads what is recorded. */
    LiveController takeOver() {
        rollouts.recording().takeOver(this::read);
        rollouts.start();
        return this;
    }

    /** Reads what is recorded, and leaves who decides alone. */
    LiveController read() {
        replay(topics.models().name(), ModelPublished.class, registry::put);
        replay(topics.rollouts().name(), RolloutChanged.class, registry::put);
        return this;
    }

    private <T extends SpecificRecord> void replay(String topic, Class<T> type, Consumer<T> into) {
        try (TopicFollower<T> follower = new TopicFollower<>(
                kafka, topic, format.deserializer(type), entry -> entry.value().ifPresent(into), (garbage, reason) -> {
                    throw new AssertionError(reason);
                })) {
            follower.replay(SOON);
        }
    }

    /** Time passes, for whom decides. */
    LiveController later(Duration time) {
        ahead = ahead.plus(time);
        return this;
    }

    /** The very first start. */
    void begin() {
        rollouts.recording()
                .record(() -> Optional.of(new Publication(List.of(), Optional.of(new World(SETTINGS).rollout()))));
    }

    RolloutChanged rollout() {
        return registry.rollout().orElseThrow();
    }

    /** A version that has passed the gate, unless it is there already. */
    boolean arrives(long version) {
        if (registry.model(version).isPresent()) {
            return false;
        }
        rollouts.arrived(World.version(
                version,
                GateOutcome.PASSED,
                World.BACKBONE,
                rollouts.situation().stable()));
        return true;
    }

    /** Labels come that say that one version is better than another, or worse; the controller looks. */
    boolean judged(long version, long against, boolean better) {
        for (int i = 0; i < LABELS; i++) {
            boolean differ = i % 3 == 0;
            live.put(
                    "live-" + i,
                    new PredictionJudged(
                            "ant",
                            "test",
                            Instant.now(),
                            Instant.now(),
                            1L,
                            false,
                            List.of(answer(version, better || !differ), answer(against, !better || !differ)),
                            List.of()));
        }
        return look();
    }

    /** The controller looks; whether that changed anything. */
    boolean look() {
        await().atMost(SOON).until(() -> rollouts.evidence().isPresent());
        long before = rollout().getGeneration();
        rollouts.look();
        return rollout().getGeneration() > before;
    }

    private static JudgedAnswer answer(long version, boolean right) {
        return new JudgedAnswer(version, right ? "ant" : "bee", 0.9f, right, right ? 0.9f : null);
    }

    boolean hand(Move move, String reason) {
        return rollouts.command(move, "alice", reason, OptionalLong.empty());
    }

    /** The machine's, and as much ahead of it as was asked for. */
    private final class AheadClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.offset(Clock.system(zone), ahead);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    @Override
    public void close() {
        rollouts.close();
        rollouts.stepDown();
    }
}
