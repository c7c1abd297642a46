package io.headwater.trainer.control;

import io.headwater.artifacts.ArtifactException;
import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.VersionDirectories;
import io.headwater.trainer.registry.FencedException;
import io.headwater.trainer.rollouts.Rollouts;
import io.headwater.trainer.training.Progress;
import io.headwater.trainer.training.TrainingCancelledException;
import io.headwater.trainer.training.TrainingPhase;
import io.headwater.trainer.training.Trigger;
import io.headwater.trainer.trainings.TrainingJob;
import io.headwater.trainer.trainings.TrainingListener;
import io.headwater.trainer.trainings.TrainingState;
import io.headwater.trainer.trainings.Trainings;
import io.headwater.trainer.trainingset.TrainingData;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Runs a training to its end: makes the version, publishes it, and tells how it ended. */
final class TrainingRun {
    private static final Logger LOG = Logger.getLogger(TrainingRun.class);

    private final Trainings trainings;
    private final TrainingListener listener;
    private final VersionTraining versions;
    private final Backbones backbones;
    private final Rollouts rollouts;

    TrainingRun(
            Trainings trainings,
            TrainingListener listener,
            VersionTraining versions,
            Backbones backbones,
            Rollouts rollouts) {
        this.trainings = trainings;
        this.listener = listener;
        this.versions = versions;
        this.backbones = backbones;
        this.rollouts = rollouts;
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
            ModelPublished recorded = publish(version);
            end(run, TrainingState.of(recorded), Optional.of(recorded), recorded.getReason());
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

    private ModelPublished publish(ModelPublished trained) {
        ModelPublished version = rollouts.arrived(trained);
        LOG.infof(
                "version published version=%d state=%s examples=%d holdout=%d accuracy=%.4f logLoss=%.4f reason=\"%s\"",
                version.getVersion(),
                version.getState(),
                version.getExamples(),
                version.getHoldoutExamples(),
                version.getMetrics().getTrained().getAccuracy(),
                version.getMetrics().getTrained().getLogLoss(),
                version.getReason());
        return version;
    }

    private void end(Trainings.Run run, TrainingState how, Optional<ModelPublished> version, String reason) {
        listener.ended(run.ended(how, version.map(ModelPublished::getVersion), reason), version);
    }
}
