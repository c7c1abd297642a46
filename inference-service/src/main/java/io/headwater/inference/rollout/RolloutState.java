package io.headwater.inference.rollout;

import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What this instance serves, and what it refuses, as told to people.
 *
 * @param generation number of the decision that is served; empty before the first
 * @param backbone id of the backbone
 * @param nextBackbone id of the backbone that is to replace it, while it is being changed
 * @param stable version
 * @param canary version
 * @param canaryPercentage share of the images that the canary answers, per cent
 * @param shadows versions
 * @param appliedAt since when
 * @param refused the newest decision that can't be served, and the newest garbage
 */
public record RolloutState(
        Optional<Long> generation,
        Optional<String> backbone,
        Optional<String> nextBackbone,
        Optional<Long> stable,
        Optional<Long> canary,
        int canaryPercentage,
        List<Long> shadows,
        Optional<Instant> appliedAt,
        List<Refusal> refused) {

    /** Nothing served, nothing refused. */
    static final RolloutState NOTHING = new RolloutState(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            List.of(),
            Optional.empty(),
            List.of());

    static RolloutState of(RolloutChanged rollout, Instant appliedAt, List<Refusal> refused) {
        return new RolloutState(
                Optional.of(rollout.getGeneration()),
                Optional.of(rollout.getBackbone().getId()),
                Optional.ofNullable(rollout.getNextBackbone()).map(Backbone::getId),
                Optional.ofNullable(rollout.getStable()).map(ServedModel::getVersion),
                Optional.ofNullable(rollout.getCanary()).map(ServedModel::getVersion),
                rollout.getCanaryPercentage(),
                rollout.getShadows().stream().map(ServedModel::getVersion).toList(),
                Optional.of(appliedAt),
                refused);
    }

    RolloutState withRefused(List<Refusal> now) {
        return new RolloutState(
                generation,
                backbone,
                nextBackbone,
                stable,
                canary,
                canaryPercentage,
                shadows,
                appliedAt,
                List.copyOf(now));
    }
}
