package io.headwater.inference.stream;

import io.headwater.inference.model.Shared;
import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.retry.Backoff;
import io.headwater.inference.rollout.Generation;
import io.headwater.inference.rollout.Serving;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jboss.logging.Logger;

/**
 * Turns the topic {@code images} into {@code predictions} and {@code embeddings}, with the promise of its {@link Delivery}.
 * It reads nothing before there is a backbone, and survives Kafka: whatever happens to its clients, it makes new ones and
 * goes on from the committed offsets.
 */
public final class ImagePipeline implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ImagePipeline.class);
    private static final Duration FAREWELL = Duration.ofSeconds(20);
    private static final long STEP_MILLIS = 50;

    private final KafkaClients clients;
    private final PipelineSettings settings;
    private final Topics topics;
    private final Serving serving;
    private final InferenceMetrics metrics;
    private final PipelineStatus status = new PipelineStatus();
    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
    private final ImageWorkers workers;
    private final Thread thread = new Thread(this::live, "image-pipeline");
    private CommitListener listener = images -> {};
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * @param kafka client configuration, at least {@code bootstrap.servers}
     * @param serving what to classify with
     * @param readers from the size of a backbone's input to what reads pictures for it
     */
    public ImagePipeline(
            Map<String, Object> kafka,
            PipelineSettings settings,
            Topics topics,
            EventFormat format,
            Serving serving,
            IntFunction<PictureReader> readers,
            InferenceMetrics metrics,
            Clock clock) {
        this.clients = new KafkaClients(kafka, settings);
        this.settings = settings;
        this.topics = topics;
        this.serving = serving;
        this.metrics = metrics;
        this.workers = new ImageWorkers(
                settings.threads(),
                () -> new ImageWorker(
                        new ImageDecoder(format, readers),
                        new ImageClassifier(format, topics, metrics, serving.tallies(), clock)));
    }

    /** Will tell what it commits. To be called before {@link #start()}, if at all. */
    public void tell(CommitListener told) {
        listener = told;
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** How it is. */
    public PipelineStatus status() {
        return status;
    }

    private void live() {
        try {
            while (running() && !serving.isReady()) {
                pause(Duration.ofMillis(STEP_MILLIS));
            }
            while (running()) {
                liveOnce();
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.info("image pipeline interrupted; what was in flight is not committed");
        }
    }

    private void liveOnce() throws InterruptedException {
        long before = status.images();
        try (PipelineLoop loop = new PipelineLoop(clients, topics, settings, this::submit, metrics, status, listener)) {
            loop.run(this::running);
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            if (status.images() > before) {
                backoff.reset();
            }
            recover(e);
        }
    }

    private void recover(RuntimeException e) throws InterruptedException {
        Duration pause = backoff.next();
        metrics.restarted();
        status.failed(e.toString());
        if (e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException) {
            LOG.warnf(
                    "shut out by another producer with transactionalId=%s, or the transaction took too long; retryMillis=%d",
                    settings.transactionalId(), pause.toMillis());
        } else {
            LOG.warnf(e, "image pipeline begins anew at the committed offsets retryMillis=%d", pause.toMillis());
        }
        pause(pause);
    }

    private Batch submit(ConsumerRecords<byte[], byte[]> polled, Predicate<ConsumerRecord<byte[], byte[]>> known) {
        Shared<Generation> lease = serving.lease()
                .orElseThrow(() -> new IllegalStateException("there is no generation any more: the service stops"));
        return Batch.submit(polled, known, lease, workers);
    }

    private boolean running() {
        return stopping.getCount() > 0;
    }

    private void pause(Duration pause) throws InterruptedException {
        if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("stopping, no need to wait longer");
        }
    }

    /** Commits what is in flight and leaves the group; what does not end in time is left to the next start. */
    @Override
    public void close() {
        stopping.countDown();
        join(FAREWELL);
        kill();
    }

    /** Ends at once and commits nothing more, as a crash would. */
    void kill() {
        stopping.countDown();
        if (thread.isAlive()) {
            thread.interrupt();
            join(FAREWELL);
        }
        try {
            workers.close(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void join(Duration patience) {
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
