package io.headwater.trainer.rollouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rollout as clients see it.
 *
 * @param generation number of the decision
 * @param backbone what every image is embedded with
 * @param nextBackbone what is to take its place, while it is being changed
 * @param stable the version that answers; absent before the first
 * @param canary the version that answers a share
 * @param canaryPercentage that share, per cent
 * @param shadows versions that are scored on every image and listened to
 * @param trial the version that is to show that it is good enough
 * @param previous the version that can be gone back to
 * @param probationUntil until when that goes on as a shadow
 * @param failed the version that was rolled back last
 * @param unfit whether that could not be served, so that it is no shadow
 * @param cooldownUntil until when nothing goes forward after that
 * @param paused whether nothing goes forward by itself
 * @param pinned whether the stable version stays, whatever the evidence says
 * @param reason why; a sentence for people
 * @param changedBy who decided
 * @param changedAt when
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record RolloutView(
        long generation,
        BackboneView backbone,
        Optional<BackboneView> nextBackbone,
        Optional<Long> stable,
        Optional<Long> canary,
        int canaryPercentage,
        List<Long> shadows,
        Optional<TrialView> trial,
        Optional<Long> previous,
        Optional<Instant> probationUntil,
        Optional<Long> failed,
        boolean unfit,
        Optional<Instant> cooldownUntil,
        boolean paused,
        boolean pinned,
        String reason,
        String changedBy,
        Instant changedAt) {

    static RolloutView of(RolloutChanged rollout) {
        return new RolloutView(
                rollout.getGeneration(),
                BackboneView.of(rollout.getBackbone()),
                Optional.ofNullable(rollout.getNextBackbone()).map(BackboneView::of),
                Optional.ofNullable(rollout.getStable()).map(ServedModel::getVersion),
                Optional.ofNullable(rollout.getCanary()).map(ServedModel::getVersion),
                rollout.getCanaryPercentage(),
                rollout.getShadows().stream().map(ServedModel::getVersion).toList(),
                Optional.ofNullable(rollout.getTrial())
                        .map(trial -> new TrialView(
                                trial.getVersion(),
                                rollout.getCanary() == null ? "shadow" : "canary",
                                trial.getStartedAt(),
                                trial.getSince())),
                Optional.ofNullable(rollout.getPrevious()),
                Optional.ofNullable(rollout.getProbationUntil()),
                Optional.ofNullable(rollout.getFailed()),
                rollout.getUnfit(),
                Optional.ofNullable(rollout.getCooldownUntil()),
                rollout.getPaused(),
                rollout.getPinned(),
                rollout.getReason(),
                rollout.getChangedBy(),
                rollout.getChangedAt());
    }

    /**
     * A version on trial.
     *
     * @param version its number
     * @param phase {@code shadow} or {@code canary}
     * @param startedAt when its trial began
     * @param since when its present step began
     */
    record TrialView(long version, String phase, Instant startedAt, Instant since) {}

    /**
     * @param id SHA-256 of its file
     * @param name for people
     * @param size of its file, bytes
     * @param inputSize H and W of its input, pixels
     * @param dimension D, the width of the embedding
     */
    record BackboneView(String id, String name, long size, int inputSize, int dimension) {
        static BackboneView of(Backbone backbone) {
            return new BackboneView(
                    backbone.getId(),
                    backbone.getName(),
                    backbone.getSize(),
                    backbone.getInputSize(),
                    backbone.getDimension());
        }
    }
}
