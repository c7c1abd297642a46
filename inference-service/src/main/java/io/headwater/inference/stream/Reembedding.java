package io.headwater.inference.stream;

import io.headwater.inference.model.Shared;
import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.retry.Backoff;
import io.headwater.inference.rollout.Generation;
import io.headwater.inference.rollout.Serving;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * While the backbone is being changed, embeds the images that are still in {@code images} with the next one, in one thread
 * beside the pipeline. Instances share the partitions; whoever is killed goes on, or another in its place, where it was.
 * When the next backbone has become the one that serves, it catches up with where that began, and ends.
 *
 * <p>The pipeline goes first: while it has images on their way, this takes a share of one thread's time only.
 */
public final class Reembedding implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Reembedding.class);
    private static final Duration FAREWELL = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final KafkaClients clients;
    private final PipelineSettings settings;
    private final Topics topics;
    private final Serving serving;
    private final PipelineStatus pipeline;
    private final Reembedder reembedder;
    private final ReembeddingStatus status = new ReembeddingStatus();
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private final Thread thread = new Thread(this::live, "reembedding");
    private final CountDownLatch stopping = new CountDownLatch(1);

    private Optional<Long> over = Optional.empty();
    private long overAt;

    /**
     * @param kafka client configuration, at least {@code bootstrap.servers}
     * @param serving what to embed with
     * @param pipeline of this instance, which goes first
     * @param readers from the size of a backbone's input to what reads pictures for it
     */
    public Reembedding(
            Map<String, Object> kafka,
            PipelineSettings settings,
            Topics topics,
            EventFormat format,
            Serving serving,
            PipelineStatus pipeline,
            IntFunction<PictureReader> readers,
            MeterRegistry registry,
            Clock clock) {
        this.clients = new KafkaClients(kafka, settings);
        this.settings = settings;
        this.topics = topics;
        this.serving = serving;
        this.pipeline = pipeline;
        this.reembedder = new Reembedder(format, readers, topics, clock);
        Gauge.builder("headwater.inference.reembedding.remaining", status, Reembedding::remaining)
                .description("Images of all partitions that wait for being embedded with the next backbone")
                .register(registry);
        FunctionCounter.builder("headwater.inference.reembedding.images", status, ReembeddingStatus::images)
                .description("Images that this instance has embedded again")
                .register(registry);
    }

    private static double remaining(ReembeddingStatus status) {
        OptionalLong remaining = status.remaining();
        return remaining.isPresent() ? remaining.getAsLong() : Double.NaN;
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** How it goes. */
    public ReembeddingStatus status() {
        return status;
    }

    private void live() {
        try {
            while (running()) {
                Optional<Long> target = target();
                if (target.isEmpty() || isOver(target.get())) {
                    status.over();
                    pause(STEP);
                } else {
                    liveOnce(target.get());
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("embedding images again was interrupted");
        }
    }

    /** The change that images are embedded again for: that under way, or else the last one, as long as some are missing. */
    private Optional<Long> target() {
        Optional<Shared<Generation>> lease = serving.lease();
        try {
            return lease.map(Shared::get).flatMap(generation -> generation
                    .nextChange()
                    .filter(next -> generation.backboneOf(next).isPresent())
                    .or(() -> Optional.of(generation.change()).filter(change -> change > 0)));
        } finally {
            lease.ifPresent(Shared::release);
        }
    }

    // An instance that is late may still embed an image with the old backbone, so it is looked at again.
    private boolean isOver(long change) {
        return over.equals(Optional.of(change)) && System.nanoTime() - overAt < LOOK_AGAIN_NANOS;
    }

    private void liveOnce(long change) throws InterruptedException {
        long before = status.images();
        try (ReembeddingObserver observer =
                new ReembeddingObserver(clients.admin(), settings.groupId(), topics.images())) {
            if (!isUnderWay(change) && observer.progress(change).isOver()) {
                over = Optional.of(change);
                overAt = System.nanoTime();
                return;
            }
            try (ReembeddingLoop loop = new ReembeddingLoop(
                    change,
                    clients,
                    settings.groupId(),
                    topics,
                    serving::lease,
                    reembedder,
                    this::pace,
                    observer,
                    status)) {
                loop.run(() -> running() && target().equals(Optional.of(change)));
            }
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            if (status.images() > before) {
                backoff.reset();
            }
            Duration pause = backoff.next();
            status.failed(e.toString());
            LOG.warnf(
                    e, "embedding images again begins anew at the committed offsets retryMillis=%d", pause.toMillis());
            pause(pause);
        }
    }

    private boolean isUnderWay(long change) {
        Optional<Shared<Generation>> lease = serving.lease();
        try {
            return lease.flatMap(one -> one.get().nextChange())
                    .filter(next -> next == change)
                    .isPresent();
        } finally {
            lease.ifPresent(Shared::release);
        }
    }

    private void pace(long nanos) throws InterruptedException {
        if (pipeline.isBusy()) {
            pause(Duration.ofNanos((long) (nanos * (1 / settings.reembeddingShare() - 1))));
        }
    }

    private boolean running() {
        return stopping.getCount() > 0;
    }

    private void pause(Duration pause) throws InterruptedException {
        if (stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("stopping, no need to wait longer");
        }
    }

    /** Commits what is done and leaves the group. */
    @Override
    public void close() {
        stopping.countDown();
        join();
        kill();
    }

    /** Ends at once and commits nothing more, as a crash would. */
    void kill() {
        stopping.countDown();
        if (thread.isAlive()) {
            thread.interrupt();
            join();
        }
    }

    private void join() {
        try {
            thread.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
