package io.headwater.trainer.control;

import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.topics.IncompatibleTopicException;
import io.headwater.topics.TopicProvisioner;
import io.headwater.trainer.examples.ExamplesStream;
import io.headwater.trainer.registry.FencedException;
import io.headwater.trainer.registry.Publisher;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.training.TrainingPolicy;
import io.headwater.trainer.trainingset.NewLabels;
import io.headwater.trainer.trainingset.TrainingData;
import io.headwater.trainer.trainingset.TrainingSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;

/**
 * The one thread that decides: makes the topics, fences an earlier trainer, reads what is recorded, publishes the backbone,
 * starts the examples stream, and then trains and publishes when the policy says so. While Kafka is away it tries again.
 */
public final class ControlPlane implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ControlPlane.class);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration REPLAY_TIMEOUT = Duration.ofMinutes(10);
    private static final long STEP_MILLIS = 500;
    private static final long LONGEST_BACKOFF_MILLIS = 30_000;
    private static final long CLOSE_MILLIS = 30_000;

    private final TrainerSettings settings;
    private final Registry registry;
    private final TrainingSet trainingSet;
    private final Trainings trainings;
    private final TrainingListener listener;
    private final Consumer<IncompatibleTopicException> onIncompatible;
    private final Publisher publisher;
    private final Backbones backbones;
    private final VersionTraining versions;
    private final TopicState state;
    private final Thread thread = new Thread(this::run, "control-plane");

    private volatile ExamplesStream stream;
    private volatile Optional<String> obstacle = Optional.of("It has not started yet.");
    private volatile boolean ended;
    private volatile boolean closing;
    private Optional<Instant> notBefore = Optional.empty();
    private int failures;
    /** Whether something may have been recorded that the registry doesn't know. Nothing is decided then. */
    private boolean stale;

    /**
     * A trainer that keeps its state in these; {@link #start()} starts it.
     *
     * @param onIncompatible what happens when a topic is not as it must be, which no restart helps
     */
    public ControlPlane(
            TrainerSettings settings,
            Registry registry,
            TrainingSet trainingSet,
            Trainings trainings,
            TrainingListener listener,
            Consumer<IncompatibleTopicException> onIncompatible) {
        this.settings = settings;
        this.registry = registry;
        this.trainingSet = trainingSet;
        this.trainings = trainings;
        this.listener = listener;
        this.onIncompatible = onIncompatible;
        publisher = new Publisher(
                settings.kafka(), settings.prefix() + "headwater-trainer", settings.topics(), settings.format());
        backbones = new Backbones(settings.backbone(), settings.store(), registry, publisher, settings.clock());
        versions = new VersionTraining(settings.hyperparameters(), settings.store(), registry, settings.clock());
        state = new TopicState(settings, registry, trainingSet);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, failure) -> {
            LOG.error("the control plane has ended and needs a restart", failure);
            obstacle = Optional.of(String.valueOf(failure.getMessage()));
            ended = true;
        });
    }

    /** Starts it and returns at once. */
    public void start() {
        thread.start();
    }

    /** Whether it can't go on without a restart. */
    public boolean hasEnded() {
        return ended;
    }

    /** Why it is not ready to train; empty when it is. A sentence for people. */
    public Optional<String> obstacle() {
        ExamplesStream running = stream;
        Optional<String> known = obstacle;
        if (known.isPresent() || running == null) {
            return known;
        }
        if (!running.isRunning()) {
            return Optional.of("The examples stream is in state " + running.state() + ".");
        }
        return state.isCurrent() ? Optional.empty() : Optional.of("The topics are being read again after a failure.");
    }

    private void run() {
        try {
            Optional<Backbone> backbone = Optional.empty();
            for (int attempt = 0; backbone.isEmpty() && !closing; attempt++) {
                backbone = connect(attempt);
            }
            while (!closing) {
                step(backbone.orElseThrow());
            }
        } catch (IncompatibleTopicException e) {
            obstacle = Optional.of(e.getMessage());
            ended = true;
            onIncompatible.accept(e);
        } catch (InterruptedException e) {
            // close() did that.
            LOG.debug("the control plane was interrupted");
        }
    }

    private Optional<Backbone> connect(int attempt) throws InterruptedException {
        try {
            Backbone backbone = begin();
            obstacle = Optional.empty();
            return Optional.of(backbone);
        } catch (IncompatibleTopicException | FencedException e) {
            throw e;
        } catch (RuntimeException e) {
            backOff(attempt, e);
            return Optional.empty();
        }
    }

    private void backOff(int attempt, RuntimeException cause) throws InterruptedException {
        obstacle = Optional.of("It is not connected: " + cause.getMessage());
        long backoff = Math.min(LONGEST_BACKOFF_MILLIS, 1000L << Math.min(5, attempt));
        if (!closing) {
            LOG.warnf("not connected, next attempt in %d ms: %s", backoff, cause.toString());
            Thread.sleep(backoff);
        }
    }

    private Backbone begin() throws InterruptedException {
        try (Admin admin = Admin.create(settings.kafka())) {
            TopicProvisioner.ensure(admin, settings.topics().all(), KAFKA_TIMEOUT);
        }
        state.start();
        state.awaitRegistry(REPLAY_TIMEOUT);
        catchUp();
        Backbone backbone = backbones.establish();
        if (stream == null) {
            ExamplesStream starting = new ExamplesStream(
                    settings.kafka(),
                    settings.prefix() + "headwater-trainer-examples",
                    settings.stateDirectory(),
                    settings.replicationFactor(),
                    settings.topics(),
                    settings.format(),
                    backbone.getId(),
                    backbone.getDimension());
            stream = starting;
            starting.start();
        }
        state.awaitExamples(REPLAY_TIMEOUT);
        return backbone;
    }

    private void step(Backbone backbone) throws InterruptedException {
        for (int attempt = 0; stale && !closing; attempt++) {
            recover(attempt);
        }
        if (!state.isCurrent()) {
            Thread.sleep(STEP_MILLIS);
            return;
        }
        trainings.awaitRequest(STEP_MILLIS);
        Optional<String> request = trainings.request();
        TrainingPolicy.Decision decision = settings.policy()
                .decide(new TrainingPolicy.Situation(
                        trainingSet.counts(),
                        newLabels(),
                        request,
                        notBefore,
                        settings.clock().instant()));
        if (decision instanceof TrainingPolicy.Wait waits) {
            trainings.waiting(waits.reason(), request);
        } else if (decision instanceof TrainingPolicy.Train train && !closing) {
            // Taken whole or not at all; a request stays until it can be.
            Optional<TrainingData> data = state.snapshot(settings.policy().minExamplesPerClass());
            if (data.isPresent()) {
                try (TrainingData taken = data.get()) {
                    train(backbone, taken, train.trigger());
                }
            }
        }
    }

    /** What has come since the newest version was trained, whether it was good or not. */
    public NewLabels newLabels() {
        return trainingSet.newSince(registry.newest()
                .map(ModelPublished::getExampleOffsets)
                .map(ControlPlane::partitions)
                .orElse(Map.of()));
    }

    private void train(Backbone backbone, TrainingData data, String trigger) {
        trainings.started(trigger);
        LOG.infof("training started trigger=\"%s\" examples=%d", trigger, trainingSet.size());
        try {
            ModelPublished version = versions.run(data, backbone, backbones.file(backbone), trigger);
            publish(version);
            failures = 0;
            pauseFor(settings.policy().cooldown());
            ended(
                    version.getState() == ModelState.STABLE ? "stable" : "rejected",
                    Optional.of(version),
                    version.getReason());
        } catch (FencedException e) {
            ended("failed", Optional.empty(), e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            failures++;
            pauseFor(settings.policy()
                    .cooldown()
                    .plusMillis(Math.min(LONGEST_BACKOFF_MILLIS, 1000L << Math.min(5, failures))));
            LOG.error("training failed", e);
            // Nobody knows whether the version was recorded.
            stale = true;
            ended("failed", Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private void publish(ModelPublished version) {
        Decisions.Publication publication = Decisions.of(
                version,
                registry.rollout().orElseThrow(),
                registry.stable(),
                settings.clock().instant());
        publisher.publish(publication.models(), publication.rollout());
        // Known at once, not only when the topics have been followed that far: the next decision builds on it.
        publication.models().forEach(registry::put);
        publication.rollout().ifPresent(registry::put);
        LOG.infof(
                "version published version=%d state=%s examples=%d holdout=%d accuracy=%.4f logLoss=%.4f reason=\"%s\"",
                version.getVersion(),
                version.getState(),
                version.getExamples(),
                version.getHoldoutExamples(),
                version.getMetrics().getTrained().getAccuracy(),
                version.getMetrics().getTrained().getLogLoss(),
                version.getReason());
    }

    private void recover(int attempt) throws InterruptedException {
        try {
            catchUp();
            obstacle = Optional.empty();
        } catch (RuntimeException e) {
            backOff(attempt, e);
        }
    }

    /** Makes the registry what is recorded, and removes what versions left that were not. */
    private void catchUp() {
        // Before reading: what this or an earlier trainer was about to publish is decided after this, and then read.
        publisher.open();
        state.refreshRegistry(KAFKA_TIMEOUT);
        clearUnfinished();
        stale = false;
    }

    private void clearUnfinished() {
        List<Long> cleared = versions.clearUnfinished();
        if (!cleared.isEmpty()) {
            LOG.warnf(
                    "versions were never finished; their files are removed, their numbers stay taken versions=%s",
                    cleared);
        }
    }

    private void pauseFor(Duration pause) {
        notBefore = Optional.of(settings.clock().instant().plus(pause));
    }

    private void ended(String result, Optional<ModelPublished> version, String reason) {
        trainings.ended(result, version.map(ModelPublished::getVersion), reason);
        trainings.state().last().ifPresent(last -> listener.ended(last, version));
    }

    private static Map<Integer, Long> partitions(Map<String, Long> offsets) {
        return offsets.entrySet().stream()
                .collect(Collectors.toMap(entry -> Integer.valueOf(entry.getKey()), Map.Entry::getValue));
    }

    /** Stops it; a training that runs is finished first if that takes less than half a minute. */
    @Override
    public void close() {
        closing = true;
        if (trainings.state().running().isEmpty()) {
            thread.interrupt();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ExamplesStream running = stream;
        if (running != null) {
            running.close();
        }
        state.close();
        publisher.close();
    }
}
