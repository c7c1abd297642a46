package io.headwater.inference;

import io.headwater.events.RolloutChanged;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.instances.InstanceReporter;
import io.headwater.inference.instances.InstanceState;
import io.headwater.inference.instances.ReportSettings;
import io.headwater.inference.model.Engine;
import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.retry.Backoff;
import io.headwater.inference.rollout.RolloutFollower;
import io.headwater.inference.rollout.RolloutMetrics;
import io.headwater.inference.rollout.RolloutState;
import io.headwater.inference.rollout.Rollouts;
import io.headwater.inference.rollout.Serving;
import io.headwater.inference.stream.CommitListener;
import io.headwater.inference.stream.ImagePipeline;
import io.headwater.inference.stream.InferenceMetrics;
import io.headwater.inference.stream.PipelineSettings;
import io.headwater.inference.stream.PipelineStatus;
import io.headwater.inference.stream.Reembedding;
import io.headwater.inference.stream.ReembeddingStatus;
import io.headwater.serde.EventFormat;
import io.headwater.topics.IncompatibleTopicException;
import io.headwater.topics.TopicProvisioner;
import io.headwater.topics.TopicUnavailableException;
import io.headwater.topics.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** The whole data plane without its web front: topics, rollouts, images. Starts without Kafka and waits for it. */
public final class InferenceRuntime implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(InferenceRuntime.class);
    private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final Consumer<IncompatibleTopicException> onIncompatible;
    private final Serving serving;
    private final Engine engine;
    private final int threads;
    private final Rollouts rollouts;
    private final RolloutFollower follower;
    private final ImagePipeline pipeline;
    private final Reembedding reembedding;
    private final EventFormat format;
    private Optional<InstanceReporter> reporter = Optional.empty();
    private final Thread starter = new Thread(this::awaitTopics, "start-inference");
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * @param kafka client configuration, at least {@code bootstrap.servers}
     * @param readers from the size of a backbone's input to what reads pictures for it
     * @param engine what runs the backbones
     * @param onIncompatible is told when the topics that exist can't be used; nothing is started then
     */
    public InferenceRuntime(
            Map<String, Object> kafka,
            Topics topics,
            EventFormat format,
            ArtifactReader artifacts,
            PipelineSettings settings,
            IntFunction<PictureReader> readers,
            Engine engine,
            MeterRegistry registry,
            Consumer<IncompatibleTopicException> onIncompatible) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.onIncompatible = onIncompatible;
        this.format = format;
        Clock clock = Clock.systemUTC();
        this.serving = new Serving();
        this.engine = engine;
        this.threads = settings.threads();
        tell(registry);
        this.rollouts = new Rollouts(artifacts, engine, serving, new RolloutMetrics(registry), clock);
        this.follower = new RolloutFollower(
                kafka, topics.rollouts().name(), format.deserializer(RolloutChanged.class), rollouts);
        this.pipeline = new ImagePipeline(
                kafka, settings, topics, format, serving, readers, new InferenceMetrics(registry), clock);
        InstanceMeters.register(registry, pipeline.status(), rollouts::state);
        this.reembedding =
                new Reembedding(kafka, settings, topics, format, serving, pipeline.status(), readers, registry, clock);
    }

    /** Will write to {@code instances} what it serves and refuses. To be called before {@link #start()}, if at all. */
    public InferenceRuntime reportAs(ReportSettings settings) {
        reporter = Optional.of(new InstanceReporter(
                kafka, topics, format, settings, this::instance, serving.tallies(), Clock.systemUTC()));
        return this;
    }

    /** Will tell which predictions are committed. To be called before {@link #start()}, if at all. */
    public InferenceRuntime tell(CommitListener listener) {
        pipeline.tell(listener);
        return this;
    }

    private void tell(MeterRegistry registry) {
        EngineState state = EngineState.of(engine, threads, Optional.empty());
        LOG.infof(
                "engine=\"%s\" version=%s providers=%s device=%s processors=%d threads=%d sessions=%d intraOpThreads=%d",
                state.engine(),
                state.version(),
                state.providers(),
                state.device(),
                state.processors(),
                state.threads(),
                state.sessions(),
                state.intraOpThreads());
        Gauge.builder("headwater.inference.engine", () -> 1)
                .description("What images are embedded with, in its tags; always 1")
                .tag("version", state.version())
                .tag("device", state.device())
                .tag("threads", Integer.toString(threads))
                .tag("intra_op_threads", Integer.toString(engine.intraOpThreads()))
                .register(registry);
    }

    /** Begins, in threads of its own. */
    public void start() {
        starter.start();
    }

    private void awaitTopics() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
        while (stopping.getCount() > 0) {
            try (Admin admin = Admin.create(kafka)) {
                TopicProvisioner.ensure(admin, topics.all(), TOPICS_TIMEOUT);
                reporter.ifPresent(InstanceReporter::start);
                follower.start();
                pipeline.start();
                reembedding.start();
                return;
            } catch (IncompatibleTopicException e) {
                onIncompatible.accept(e);
                return;
            } catch (TopicUnavailableException | KafkaException e) {
                Duration pause = backoff.next();
                LOG.warnf("topics are not there yet retryMillis=%d reason=%s", pause.toMillis(), e.getMessage());
                if (stops(pause)) {
                    return;
                }
            }
        }
    }

    private boolean stops(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Whether it is ready, and what to tell of it. */
    public InstanceState instance() {
        return InstanceState.of(rollout(), pipeline());
    }

    /** The generation of the moment, for those who answer with it. */
    public Serving serving() {
        return serving;
    }

    /** What is served and refused. */
    public RolloutState rollout() {
        return rollouts.state();
    }

    /** What images are embedded with. */
    public EngineState engine() {
        return EngineState.of(engine, threads, serving.backbone().map(EngineState.Loaded::of));
    }

    /** How the images flow. */
    public PipelineStatus pipeline() {
        return pipeline.status();
    }

    /** How embedding images again goes, while the backbone is being changed. */
    public ReembeddingStatus reembedding() {
        return reembedding.status();
    }

    /** Commits what is in flight, leaves the group, frees the models. */
    @Override
    public void close() {
        stopping.countDown();
        starter.interrupt();
        try {
            starter.join(TOPICS_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        follower.close();
        reembedding.close();
        pipeline.close();
        reporter.ifPresent(InstanceReporter::close);
        rollouts.close();
    }
}
