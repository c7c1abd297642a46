package io.headwater.trainer.rollouts;

import io.headwater.events.Backbone;
import io.headwater.events.GateOutcome;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.events.RolloutTrial;
import io.headwater.events.ServedModel;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All that is recorded: the rollout and the versions. Every decision builds on it and on nothing that a restart would lose.
 * A version that the rollout names and no record knows, since somebody has written it by hand, is as good as none.
 *
 * @param rollout the present one
 * @param models every version
 */
public record Situation(RolloutChanged rollout, Map<Long, ModelPublished> models) {

    /** Of what is recorded. */
    public static Situation of(RolloutChanged rollout, Collection<ModelPublished> models) {
        Map<Long, ModelPublished> versions = new TreeMap<>();
        models.forEach(model -> versions.put(model.getVersion(), model));
        return new Situation(rollout, versions);
    }

    /** A version. */
    Optional<ModelPublished> model(long version) {
        return Optional.ofNullable(models.get(version));
    }

    /** The version that answers. */
    public Optional<Long> stable() {
        return Optional.ofNullable(rollout.getStable())
                .map(ServedModel::getVersion)
                .filter(models::containsKey);
    }

    /** The version that answers a share. */
    Optional<Long> canary() {
        return Optional.ofNullable(rollout.getCanary())
                .map(ServedModel::getVersion)
                .filter(models::containsKey);
    }

    /** The version on trial. */
    public Optional<Long> trial() {
        return Optional.ofNullable(rollout.getTrial())
                .map(RolloutTrial::getVersion)
                .filter(models::containsKey);
    }

    /** The version that can be gone back to. */
    public Optional<Long> previous() {
        return Optional.ofNullable(rollout.getPrevious()).filter(models::containsKey);
    }

    /** The version that was rolled back last. */
    public Optional<Long> failed() {
        return Optional.ofNullable(rollout.getFailed()).filter(models::containsKey);
    }

    /** Whether a version is the one that was rolled back last, and is a shadow. */
    boolean isFailedShadow(long version) {
        return failed().equals(Optional.of(version)) && !rollout.getUnfit();
    }

    /** When the present step of the trial began. */
    Optional<Instant> stepSince() {
        return Optional.ofNullable(rollout.getTrial()).map(RolloutTrial::getSince);
    }

    /** Whether a version answers the embeddings that are made now. */
    boolean isOnBackbone(ModelPublished model) {
        return isOn(model, rollout.getBackbone());
    }

    /** Whether a version answers the embeddings of the backbone that is to be next. */
    boolean isOnNextBackbone(ModelPublished model) {
        return rollout.getNextBackbone() != null && isOn(model, rollout.getNextBackbone());
    }

    private static boolean isOn(ModelPublished model, Backbone backbone) {
        return model.getBackbone().equals(backbone.getId()) && model.getBackboneChange() == backbone.getChange();
    }

    /** The newest version that waits for its turn and can be on trial: newer than what serves, is on trial or failed. */
    Optional<ModelPublished> waiting() {
        return newest(this::isOnBackbone);
    }

    /** The newest one that waits and has passed the gate; the next backbone comes with it if it is on that. */
    Optional<ModelPublished> passed() {
        return newest(model -> hasPassed(model) && (isOnBackbone(model) || isOnNextBackbone(model)));
    }

    private Optional<ModelPublished> newest(Predicate<ModelPublished> condition) {
        long newest = Math.max(stable().orElse(0L), Math.max(trial().orElse(0L), failed().orElse(0L)));
        return models.values().stream()
                .filter(model -> model.getState() == ModelState.CANDIDATE && model.getVersion() > newest)
                .filter(condition)
                .max(Comparator.comparingLong(ModelPublished::getVersion));
    }

    private static boolean hasPassed(ModelPublished model) {
        return model.getGate() != null && model.getGate().getOutcome() == GateOutcome.PASSED;
    }
}
