package io.headwater.trainer.control;

import io.headwater.artifacts.ArtifactException;
import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.VersionDirectories;
import io.headwater.trainer.registry.FencedException;
import io.headwater.trainer.registry.Publisher;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.training.Progress;
import io.headwater.trainer.training.TrainingCancelledException;
import io.headwater.trainer.training.TrainingPhase;
import io.headwater.trainer.training.Trigger;
import io.headwater.trainer.trainings.TrainingJob;
import io.headwater.trainer.trainings.TrainingListener;
import io.headwater.trainer.trainings.TrainingState;
import io.headwater.trainer.trainings.Trainings;
import io.headwater.trainer.trainingset.TrainingData;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Runs a training to its end: makes the version, publishes it, and tells how it ended. */
final class TrainingRun {
    private static final Logger LOG = Logger.getLogger(TrainingRun.class);

    private final Registry registry;
    private final Trainings trainings;
    private final TrainingListener listener;
    private final VersionTraining versions;
    private final Backbones backbones;
    private final Publisher publisher;
    private final Clock clock;

    TrainingRun(
            Registry registry,
            Trainings trainings,
            TrainingListener listener,
            VersionTraining versions,
            Backbones backbones,
            Publisher publisher,
            Clock clock) {
        this.registry = registry;
        this.trainings = trainings;
        this.listener = listener;
        this.versions = versions;
        this.backbones = backbones;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** A training that is stopped by somebody, or because this trainer must not go on. */
    private record Stoppable(Trainings.Run run, BooleanSupplier mustStop) implements Progress {
        @Override
        public void entered(TrainingPhase phase) {
            check();
            run.entered(phase);
        }

        @Override
        public boolean requested() {
            return mustStop.getAsBoolean() || run.requested();
        }
    }

    /**
     * Trains and publishes.
     *
     * @param request what was asked for, if this is it
     * @param mustStop asked often: whether this trainer must not go on
     * @throws TrainingCancelledException if it was stopped; nothing of it is left
     * @throws FencedException if another trainer has taken over
     * @throws RuntimeException if it failed; whether the version was recorded is unknown
     */
    void run(
            TrainingData data,
            Trigger trigger,
            Optional<TrainingJob> request,
            Backbone backbone,
            BooleanSupplier mustStop) {
        Trainings.Run run = trainings.start(trigger, request);
        Progress progress = new Stoppable(run, mustStop);
        LOG.infof(
                "training started cause=%s trigger=\"%s\" train=%d holdout=%d",
                trigger.cause(),
                trigger.sentence(),
                data.train().size(),
                data.holdout().size());
        try {
            VersionDirectories.Inventory inventory = versions.inventory();
            ModelPublished version = versions.run(data, backbone, backbones.file(backbone), trigger, progress);
            beforePublishing(version, progress);
            publish(version);
            end(run, TrainingState.of(version), Optional.of(version), version.getReason());
            tidy(inventory);
        } catch (TrainingCancelledException e) {
            boolean asked = run.requested();
            LOG.infof("training cancelled asked=%b", asked);
            end(
                    run,
                    TrainingState.CANCELLED,
                    Optional.empty(),
                    asked ? "Cancelled on request." : "This trainer had to stop.");
            throw e;
        } catch (RuntimeException e) {
            end(run, TrainingState.FAILED, Optional.empty(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void beforePublishing(ModelPublished version, Progress progress) {
        try {
            progress.entered(TrainingPhase.PUBLISHING);
        } catch (TrainingCancelledException e) {
            versions.discard(version.getVersion());
            throw e;
        }
    }

    /** What a trainer left that was shut out while it wrote. That this one could publish shows that it was not. */
    private void tidy(VersionDirectories.Inventory inventory) {
        try {
            versions.clearUnfinished(inventory);
        } catch (ArtifactException e) {
            LOG.warn("unfinished versions are left for the next time", e);
        }
    }

    private void publish(ModelPublished version) {
        Decisions.Publication publication =
                Decisions.of(version, registry.rollout().orElseThrow(), registry.stable(), clock.instant());
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

    private void end(Trainings.Run run, TrainingState how, Optional<ModelPublished> version, String reason) {
        listener.ended(run.ended(how, version.map(ModelPublished::getVersion), reason), version);
    }
}
