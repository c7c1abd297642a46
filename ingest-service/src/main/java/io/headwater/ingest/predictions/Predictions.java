package io.headwater.ingest.predictions;

import io.headwater.config.StreamConfig;
import io.headwater.events.ImageClassified;
import io.headwater.ingest.publication.TopicGate;
import io.headwater.ingest.publication.TopicThread;
import io.headwater.topics.TopicFollower;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Follows the topic {@code predictions}, and lets requests wait for what comes there. */
@ApplicationScoped
public class Predictions {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration REPLAY = Duration.ofSeconds(30);

    private final PredictionBoard board;
    private final Duration maxWait;
    private final int remembered;
    private final StreamConfig stream;
    private final Map<String, Object> kafka;
    private final TopicThread thread;
    private volatile boolean following;

    Predictions(
            PredictionsConfig config,
            StreamConfig stream,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            TopicGate gate,
            MeterRegistry meters) {
        this.board = new PredictionBoard(config.waiters(), config.remembered());
        this.maxWait = config.maxWait();
        this.remembered = config.remembered();
        this.stream = stream;
        this.kafka = kafka;
        this.thread = new TopicThread("predictions", gate, this::follow);
        Gauge.builder("headwater.predictions.waiters", board, PredictionBoard::waiters)
                .description("Requests that wait for a prediction")
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.stop();
    }

    private void follow(TopicThread.Running running) {
        int partitions = stream.topics().partitions();
        try (TopicFollower<ImageClassified> follower = new TopicFollower<>(
                        kafka,
                        stream.toTopics().predictions().name(),
                        stream.toFormat().deserializer(ImageClassified.class),
                        entry -> entry.value().ifPresent(prediction -> board.post(entry.key(), prediction)),
                        (garbage, reason) -> {})
                .lastOnly(1 + remembered / partitions)) {
            running.wakeWith(follower::wakeup);
            follower.replay(REPLAY);
            following = true;
            while (running.goesOn()) {
                follower.poll(STEP);
            }
        } finally {
            following = false;
        }
    }

    /**
     * Begins to wait for the prediction of an image: before it is published, so that none is missed.
     *
     * @return empty if it can't be waited for now: too many wait, or {@code predictions} is not followed
     */
    public Optional<Waiting> watch(String imageId) {
        return following ? board.watch(imageId).map(Waiting::new) : Optional.empty();
    }

    /** How long a request waits that asks for {@code wait}. */
    public Duration shorter(Duration wait) {
        return wait.compareTo(maxWait) > 0 ? maxWait : wait;
    }

    /** A place among those who wait, which is given back when the wait ends or this is closed. */
    public static final class Waiting implements AutoCloseable {
        private final PredictionBoard.Watch watch;

        private Waiting(PredictionBoard.Watch watch) {
            this.watch = watch;
        }

        /** The prediction, or empty if it has not come by then. */
        public Uni<Optional<Prediction>> within(Duration time) {
            return watch.prediction()
                    .map(event -> Optional.of(Prediction.of(event)))
                    .ifNoItem()
                    .after(time.isZero() ? MOMENT : time)
                    .recoverWithItem(Optional::empty)
                    .onTermination()
                    .invoke(this::close);
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
