package io.headwater.trainer.control;

import io.headwater.artifacts.ArtifactException;
import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import io.headwater.events.TrainingCause;
import io.headwater.topics.TopicProvisioner;
import io.headwater.trainer.artifacts.GarbageCollection;
import io.headwater.trainer.artifacts.VersionDirectories;
import io.headwater.trainer.evaluation.Gate;
import io.headwater.trainer.examples.LabelBacklog;
import io.headwater.trainer.precision.Int8Offer;
import io.headwater.trainer.precision.RecentImages;
import io.headwater.trainer.registry.FencedException;
import io.headwater.trainer.registry.Recording;
import io.headwater.trainer.rollouts.Rollouts;
import io.headwater.trainer.training.TrainingCancelledException;
import io.headwater.trainer.training.TrainingPolicy;
import io.headwater.trainer.training.Trigger;
import io.headwater.trainer.trainings.TrainingJob;
import io.headwater.trainer.trainings.TrainingListener;
import io.headwater.trainer.trainingset.TrainingData;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Decides and trains, for as long as this trainer may: takes over what an earlier one left, and then trains and publishes
 * when the policy says so. One thread uses it.
 */
final class Leader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Leader.class);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final TrainerSettings settings;
    private final Knowledge knowledge;
    private final Supplier<Optional<String>> qualityFall;
    private final TopicState state;
    private final Rollouts rollouts;
    private final Recording recording;
    private final Backbones backbones;
    private final VersionTraining versions;
    private final TrainingRun run;
    private final ReembeddingWatch reembedding;
    private final GarbageCollection garbage;

    private Optional<Instant> notBefore = Optional.empty();
    private int failures;
    /** Whether something may have been recorded that the registry doesn't know. Nothing is decided then. */
    private boolean stale = true;

    /**
     * @param qualityFall that the served version has become worse on live images, if it has; a sentence for people
     */
    Leader(
            TrainerSettings settings,
            Knowledge knowledge,
            TopicState state,
            Supplier<Optional<String>> qualityFall,
            Rollouts rollouts,
            TrainingListener listener) {
        this.settings = settings;
        this.knowledge = knowledge;
        this.state = state;
        this.qualityFall = qualityFall;
        this.rollouts = rollouts;
        this.recording = rollouts.recording();
        backbones = new Backbones(
                settings.backbone(),
                settings.store(),
                knowledge.registry(),
                recording,
                int8(),
                this::makeExamplesTopic,
                settings.clock());
        reembedding = new ReembeddingWatch(settings.kafka(), settings.prefix());
        versions = new VersionTraining(
                settings.hyperparameters(),
                new Gate(settings.gate()),
                settings.store(),
                knowledge.registry(),
                new RecordedEmbeddings(settings),
                settings.clock());
        garbage = new GarbageCollection(settings.store(), settings.retention(), settings.clock());
        run = new TrainingRun(knowledge.trainings(), listener, versions, backbones, rollouts);
    }

    private Optional<Int8Offer> int8() {
        return settings.precision()
                .int8()
                .map(wanted -> new Int8Offer(
                        wanted,
                        new RecentImages(
                                settings.kafka(),
                                settings.format(),
                                settings.topics().images().name()),
                        knowledge.trainingSet()::labels,
                        settings.hyperparameters(),
                        settings.precision(),
                        settings.clock()));
    }

    /** Whether {@link #takeOver()} must come before the next step. */
    boolean isStale() {
        return stale || recording.isStale();
    }

    /** Shuts every earlier trainer out, makes the registry what is recorded, and removes what was never recorded. */
    void takeOver() {
        stale = true;
        // What stands there now is of trainers that are shut out next. What comes later may be of one that shuts this
        // one out.
        VersionDirectories.Inventory inventory = versions.inventory();
        recording.takeOver(() -> state.refreshRegistry(KAFKA_TIMEOUT));
        versions.clearUnfinished(inventory);
        backbones.establish();
        garbage.begin();
        stale = false;
    }

    /** Decides nothing any more, until it takes over again. */
    void stepDown() {
        stale = true;
        rollouts.stepDown();
        knowledge.trainings().state().requested().ifPresent(job -> knowledge
                .trainings()
                .drop(job, "This trainer does not lead any more."));
        knowledge.trainings().waiting("Another trainer leads.");
    }

    /**
     * Looks once whether to train, and does it.
     *
     * @param millis how long to wait for somebody who asks
     * @param mustStop asked often during a training: whether this trainer must not go on
     * @throws FencedException if another trainer has taken over
     */
    void step(long millis, BooleanSupplier mustStop) throws InterruptedException {
        if (followConfiguration()) {
            // The training set has to become that of another backbone first.
            return;
        }
        if (!rollOut()) {
            return;
        }
        if (garbage.isDue()) {
            collectGarbage();
        }
        Optional<TrainingJob> request = knowledge.trainings().awaitRequest(millis);
        if (!state.isOf(backbone())) {
            return;
        }
        TrainingPolicy.Decision decision = decide(request);
        if (decision instanceof TrainingPolicy.Wait waits) {
            request.ifPresent(job -> knowledge.trainings().drop(job, waits.reason()));
            knowledge.trainings().waiting(waits.reason());
        } else if (decision instanceof TrainingPolicy.Train train && !mustStop.getAsBoolean()) {
            // Taken whole or not at all; a request stays until it can be.
            Optional<TrainingData> data = state.snapshot(settings.policy().minExamplesPerClass());
            if (data.isPresent()) {
                try (TrainingData taken = data.get()) {
                    train(taken, train, request, mustStop);
                }
            }
        }
    }

    /** That it fails is no reason not to train. */
    private void collectGarbage() throws InterruptedException {
        try {
            Instant readAt = settings.clock().instant();
            state.refreshRegistry(KAFKA_TIMEOUT);
            List<String> removed = garbage.collect(
                    knowledge.registry().newestFirst(),
                    knowledge.registry().rollout().orElseThrow(),
                    readAt);
            if (!removed.isEmpty()) {
                LOG.infof("files that nothing needs removed files=%s", removed);
            }
        } catch (InterruptException e) {
            // Kafka keeps it for whoever asks the thread.
            throw new InterruptedException(e.getMessage());
        } catch (ArtifactException | KafkaException e) {
            garbage.failed();
            LOG.warnf("files that nothing needs could not be removed, next attempt in a minute: %s", e.toString());
        }
    }

    /** Whether it is known what is recorded. */
    private boolean rollOut() {
        try {
            rollouts.look();
            return true;
        } catch (FencedException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("whether a rollout was recorded is unknown; what is recorded is read again", e);
            stale = true;
            return false;
        }
    }

    private boolean followConfiguration() {
        try {
            return backbones.followConfiguration();
        } catch (FencedException e) {
            stale = true;
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("whether a change of the backbone was recorded is unknown; what is recorded is read again", e);
            stale = true;
            return true;
        }
    }

    private TrainingPolicy.Decision decide(Optional<TrainingJob> request) throws InterruptedException {
        TrainingPolicy.Situation situation = situation(request.map(TrainingJob::trigger));
        Optional<Backbone> next = knowledge.registry().rollout().map(RolloutChanged::getNextBackbone);
        if (next.isEmpty()) {
            return settings.policy().decide(situation);
        }
        Optional<String> tooEarly = reembedding.obstacle(next.get());
        if (tooEarly.isPresent()) {
            return new TrainingPolicy.Wait(tooEarly.get());
        }
        boolean first = request.isEmpty()
                && knowledge.registry().newest(next.get()).isEmpty()
                && situation.fresh().count() > 0
                && notBefore.filter(situation.now()::isBefore).isEmpty();
        return settings.policy().decide(first ? situation(Optional.of(change(next.get()))) : situation);
    }

    private Trigger change(Backbone next) {
        int examples = knowledge.trainingSet().size();
        LabelBacklog.Count without = settings.backlog().count();
        return new Trigger(
                TrainingCause.BACKBONE,
                "The backbone is being changed to " + BackboneChanges.text(next) + ". Of "
                        + (examples + without.waiting() + without.late()) + " labelled images " + examples
                        + " have an embedding of it.");
    }

    private TrainingPolicy.Situation situation(Optional<Trigger> request) {
        return new TrainingPolicy.Situation(
                knowledge.trainingSet().counts(),
                knowledge.waitingLabels().now(),
                knowledge
                        .registry()
                        .newest(backbone())
                        .map(version -> Set.copyOf(version.getLabels()))
                        .orElse(Set.of()),
                request,
                qualityFall.get(),
                notBefore,
                settings.clock().instant());
    }

    private void train(
            TrainingData data, TrainingPolicy.Train train, Optional<TrainingJob> request, BooleanSupplier mustStop) {
        try {
            run.run(data, train.trigger(), request, backbone(), mustStop);
            garbage.recorded();
            failures = 0;
            pauseFor(settings.policy().cooldown());
        } catch (TrainingCancelledException e) {
            if (!mustStop.getAsBoolean()) {
                knowledge.waitingLabels().dismiss(data.offsets());
            }
            pauseFor(settings.policy().cooldown());
        } catch (FencedException e) {
            stale = true;
            throw e;
        } catch (RuntimeException e) {
            LOG.error("training failed", e);
            failures++;
            pauseFor(settings.policy().cooldown().plus(backoff(failures)));
            // Nobody knows whether the version was recorded.
            stale = true;
        }
    }

    private Backbone backbone() {
        return knowledge.registry().trainedBackbone().orElseThrow();
    }

    private void makeExamplesTopic(long change) {
        try (Admin admin = Admin.create(settings.kafka())) {
            TopicProvisioner.ensure(admin, List.of(settings.topics().examples(change)), KAFKA_TIMEOUT);
        }
    }

    private void pauseFor(Duration pause) {
        notBefore = Optional.of(settings.clock().instant().plus(pause));
    }

    /** Doubles with each attempt from one second up to half a minute. */
    static Duration backoff(int attempt) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(5, attempt));
        return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
    }

    @Override
    public void close() {
        rollouts.stepDown();
    }
}
