package io.headwater.trainer.rollouts;

import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.events.RolloutTrial;
import io.headwater.events.ServedModel;
import io.headwater.trainer.registry.Publication;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A rollout while it is being changed, and the versions that change with it. */
final class Change {
    private static final Set<ModelState> IN_PLAY = EnumSet.of(ModelState.SHADOW, ModelState.CANARY, ModelState.STABLE);

    private final Situation situation;
    private final String by;
    private final String reason;
    private final Instant now;
    private final RolloutChanged.Builder rollout;
    private final Map<Long, ModelState> states = new LinkedHashMap<>();

    Change(Situation situation, String by, String reason, Instant now) {
        this.situation = situation;
        this.by = by;
        this.reason = reason;
        this.now = now;
        this.rollout = RolloutChanged.newBuilder(situation.rollout());
    }

    Situation situation() {
        return situation;
    }

    Instant now() {
        return now;
    }

    RolloutChanged.Builder rollout() {
        return rollout;
    }

    /** Gives a version a state; the last one counts. */
    void state(long version, ModelState state) {
        states.put(version, state);
    }

    /** What the data plane has to know of a version. */
    ServedModel served(long version) {
        ModelPublished model = situation.model(version).orElseThrow();
        return new ServedModel(
                version,
                model.getLabels(),
                model.getHead().getUri(),
                model.getHead().getSha256(),
                model.getHead().getSize());
    }

    /**
     * A version that can be scored.
     *
     * @param withBackbone whether it may bring the next backbone with it
     */
    ModelPublished servable(long version, boolean withBackbone) {
        ModelPublished model = situation
                .model(version)
                .orElseThrow(() -> new RefusedException("There is no version " + version + "."));
        if (!situation.isOnBackbone(model) && !(withBackbone && situation.isOnNextBackbone(model))) {
            throw new RefusedException(
                    "Version " + version + " is on another backbone than the images are embedded with.");
        }
        return model;
    }

    /** Puts a version on trial, or begins its next step; another one that was there gives way. */
    void tryOut(long version) {
        servable(version, false);
        if (situation.stable().isEmpty()) {
            throw new RefusedException(
                    "No version is stable yet: there is nothing to compare version " + version + " with.");
        }
        if (situation.stable().get() == version) {
            throw new RefusedException("Version " + version + " is stable.");
        }
        boolean goesOn = situation.trial().filter(trial -> trial == version).isPresent();
        if (!goesOn) {
            situation.trial().ifPresent(other -> state(other, ModelState.RETIRED));
        }
        if (situation.failed().filter(failed -> failed == version).isPresent()) {
            // It gets another chance: it can't have to beat itself.
            rollout.setFailed(null).setUnfit(false);
        }
        rollout.setTrial(new RolloutTrial(
                version, goesOn ? situation.rollout().getTrial().getStartedAt() : now, now));
    }

    /** Another version becomes stable. Of the one on trial a newer one goes on, as a shadow, if it still can. */
    void endTrial(long stable, boolean changesBackbone) {
        rollout.setTrial(null);
        situation.trial().ifPresent(trial -> {
            if (trial > stable && !changesBackbone) {
                rollout.setTrial(
                        new RolloutTrial(trial, situation.rollout().getTrial().getStartedAt(), now));
                state(trial, ModelState.SHADOW);
            } else {
                state(trial, ModelState.RETIRED);
            }
        });
    }

    /** All of it; each version has the reason of its new state. */
    Optional<Publication> done(RolloutChanged.Builder changed, String what) {
        changed.setShadows(shadows(changed))
                .setGeneration(situation.rollout().getGeneration() + 1)
                .setReason(what + reason)
                .setChangedBy(by)
                .setChangedAt(now);
        putRight(changed);
        List<ModelPublished> models = states.entrySet().stream()
                .map(entry -> ModelPublished.newBuilder(
                                situation.model(entry.getKey()).orElseThrow())
                        .setState(entry.getValue())
                        .setReason(reason(entry.getKey(), what))
                        .build())
                .toList();
        return Optional.of(new Publication(models, Optional.of(changed.build())));
    }

    /** Whatever somebody may have written by hand: a version that is not in play any more does not say that it is. */
    private void putRight(RolloutChanged.Builder changed) {
        Set<Long> inPlay = new HashSet<>();
        Stream.of(changed.getStable(), changed.getCanary())
                .filter(Objects::nonNull)
                .map(ServedModel::getVersion)
                .forEach(inPlay::add);
        Optional.ofNullable(changed.getTrial()).map(RolloutTrial::getVersion).ifPresent(inPlay::add);
        situation.models().values().stream()
                .filter(model -> IN_PLAY.contains(model.getState()))
                .map(ModelPublished::getVersion)
                .filter(version -> !inPlay.contains(version))
                .forEach(version -> states.putIfAbsent(version, ModelState.RETIRED));
    }

    private String reason(long version, String what) {
        return what.startsWith("Version " + version + " ") ? reason : what + reason;
    }

    /** Whoever is compared has to answer every image, whoever serves it. */
    private List<ServedModel> shadows(RolloutChanged.Builder changed) {
        Set<Long> versions = new LinkedHashSet<>();
        Optional.ofNullable(changed.getTrial()).map(RolloutTrial::getVersion).ifPresent(versions::add);
        if (changed.getCanary() != null) {
            versions.add(changed.getStable().getVersion());
        }
        if (changed.getProbationUntil() != null) {
            versions.add(changed.getPrevious());
        }
        if (!changed.getUnfit()) {
            Optional.ofNullable(changed.getFailed()).ifPresent(versions::add);
        }
        return versions.stream()
                .filter(version -> changed.getCanary() != null
                        || changed.getStable() == null
                        || version != changed.getStable().getVersion())
                .filter(version -> situation.model(version).isPresent())
                .map(this::served)
                .toList();
    }
}
