package io.headwater.trainer.rollouts;

import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.trainer.registry.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is recorded when something is done: plain functions. Whatever is done, by whomever, in whatever order: at most one
 * version is stable, none is served that was rejected or rolled back, the generation grows by one, and the rollout and each
 * version that changes its state have the reason.
 */
public final class Transitions {
    private final Duration probation;
    private final Duration cooldown;

    /** Transitions with these times. */
    public Transitions(RolloutSettings settings) {
        this.probation = settings.probation();
        this.cooldown = settings.cooldown();
    }

    /**
     * What has to be published; empty if it is so already.
     *
     * @param by who decided: a person, or {@code trainer}
     * @param reason why; a sentence for people
     * @throws RefusedException if it can't be done to the rollout as it is
     */
    public Optional<Publication> apply(Situation situation, Move move, String by, String reason, Instant now) {
        Change change = new Change(situation, by, reason, now);
        if (move instanceof Move.Shadow shadow) {
            return isShadow(situation, shadow.version()) ? Optional.empty() : shadow(change, shadow.version());
        } else if (move instanceof Move.Canary canary) {
            return isCanary(situation, canary) ? Optional.empty() : canary(change, canary);
        } else if (move instanceof Move.Promote promote) {
            return isStable(situation, promote.version())
                    ? Optional.empty()
                    : promote(change, promote.version(), false);
        } else if (move instanceof Move.Reject reject) {
            return reject(change, reject);
        } else if (move instanceof Move.Rollback rollback) {
            long previous =
                    situation.previous().orElseThrow(() -> new RefusedException("There is no version to go back to."));
            return promote(change, previous, rollback.unfit());
        } else if (move instanceof Move.EndProbation) {
            return situation.rollout().getProbationUntil() == null
                    ? Optional.empty()
                    : change.done(change.rollout().setProbationUntil(null), "");
        } else if (move instanceof Move.Pause) {
            return situation.rollout().getPaused()
                    ? Optional.empty()
                    : change.done(change.rollout().setPaused(true), "Paused. ");
        } else if (move instanceof Move.Pin) {
            return situation.rollout().getPinned()
                    ? Optional.empty()
                    : change.done(change.rollout().setPinned(true), "Pinned. ");
        }
        return !situation.rollout().getPaused() && !situation.rollout().getPinned()
                ? Optional.empty()
                : change.done(change.rollout().setPaused(false).setPinned(false), "Goes on. ");
    }

    private static boolean isShadow(Situation situation, long version) {
        return situation.trial().equals(Optional.of(version))
                && situation.canary().isEmpty();
    }

    private static boolean isCanary(Situation situation, Move.Canary canary) {
        return situation.canary().equals(Optional.of(canary.version()))
                && situation.rollout().getCanaryPercentage() == canary.percentage();
    }

    private static boolean isStable(Situation situation, long version) {
        return situation.stable().equals(Optional.of(version));
    }

    private static boolean isRejected(Situation situation, long version) {
        return situation
                .model(version)
                .filter(model -> model.getState() == ModelState.REJECTED || model.getState() == ModelState.ROLLED_BACK)
                .isPresent();
    }

    private Optional<Publication> shadow(Change change, long version) {
        change.tryOut(version);
        change.state(version, ModelState.SHADOW);
        change.rollout().setCanary(null).setCanaryPercentage(0);
        return change.done(change.rollout(), "Version " + version + " is a shadow. ");
    }

    private Optional<Publication> canary(Change change, Move.Canary canary) {
        if (canary.percentage() < 1 || canary.percentage() > 99) {
            throw new RefusedException(
                    "A canary answers from 1 to 99 % of the images, not " + canary.percentage() + ".");
        }
        change.tryOut(canary.version());
        change.state(canary.version(), ModelState.CANARY);
        change.rollout().setCanary(change.served(canary.version())).setCanaryPercentage(canary.percentage());
        return change.done(
                change.rollout(),
                "Version " + canary.version() + " answers " + canary.percentage() + " % of the images. ");
    }

    /** An older version than the stable one is gone back to: the stable one has failed, and may be unfit. */
    private Optional<Publication> promote(Change change, long version, boolean unfit) {
        Situation situation = change.situation();
        ModelPublished model = change.servable(version, true);
        RolloutChanged.Builder rollout = change.rollout();
        Optional<Long> old = situation.stable();
        boolean back = old.isPresent() && version < old.get();
        boolean changesBackbone = !situation.isOnBackbone(model);
        change.endTrial(version, changesBackbone);
        rollout.setPrevious(null)
                .setProbationUntil(null)
                .setFailed(null)
                .setUnfit(false)
                .setCooldownUntil(null)
                .setCanary(null)
                .setCanaryPercentage(0);
        if (changesBackbone) {
            rollout.setBackbone(rollout.getNextBackbone()).setNextBackbone(null);
        }
        change.state(version, ModelState.STABLE);
        old.ifPresent(former -> {
            change.state(former, back ? ModelState.ROLLED_BACK : ModelState.RETIRED);
            if (changesBackbone) {
                // The old version can't answer the new embeddings: there is nothing to compare, and no way back.
                return;
            }
            if (back) {
                rollout.setFailed(former)
                        .setUnfit(unfit)
                        .setCooldownUntil(change.now().plus(cooldown));
            } else {
                rollout.setPrevious(former)
                        .setProbationUntil(
                                probation.isZero() ? null : change.now().plus(probation));
            }
        });
        rollout.setStable(change.served(version));
        return change.done(
                rollout,
                back
                        ? "Version " + old.get() + " is rolled back, version " + version + " is stable again. "
                        : "Version " + version + " is stable. ");
    }

    private Optional<Publication> reject(Change change, Move.Reject move) {
        Situation situation = change.situation();
        long version = move.version();
        if (move.unfit() && situation.isFailedShadow(version)) {
            return change.done(change.rollout().setUnfit(true), "Version " + version + " is no shadow any more. ");
        }
        if (isRejected(situation, version)) {
            return Optional.empty();
        }
        if (situation.stable().equals(Optional.of(version))) {
            throw new RefusedException("Version " + version
                    + " is stable: roll it back, or promote another one, and it is not served any more.");
        }
        if (situation.model(version).isEmpty()) {
            throw new RefusedException("There is no version " + version + ".");
        }
        boolean served = situation.canary().equals(Optional.of(version));
        RolloutChanged.Builder rollout = change.rollout();
        if (situation.trial().equals(Optional.of(version))) {
            rollout.setTrial(null).setCanary(null).setCanaryPercentage(0);
        }
        if (situation.previous().equals(Optional.of(version))) {
            rollout.setPrevious(null).setProbationUntil(null);
        }
        if (served) {
            rollout.setFailed(version)
                    .setUnfit(move.unfit())
                    .setCooldownUntil(change.now().plus(cooldown));
        }
        change.state(version, served ? ModelState.ROLLED_BACK : ModelState.REJECTED);
        return change.done(rollout, "Version " + version + (served ? " is rolled back. " : " is rejected. "));
    }

    /**
     * What has to be published with a new version: whatever the gate says, it is served only if the controller says so.
     *
     * @param version {@code STABLE} if it has passed the gate
     * @throws IllegalStateException if it has passed on a backbone that neither serves nor is to serve
     */
    public Publication arrival(Situation situation, ModelPublished version, Controller controller, Instant now) {
        if (version.getState() != ModelState.STABLE) {
            return new Publication(List.of(version), Optional.empty());
        }
        if (!situation.isOnBackbone(version) && !situation.isOnNextBackbone(version)) {
            throw new IllegalStateException("version " + version.getVersion() + " is on the backbone "
                    + version.getBackbone() + ", which is not that of the rollout");
        }
        ModelPublished candidate = ModelPublished.newBuilder(version)
                .setState(ModelState.CANDIDATE)
                .build();
        Map<Long, ModelPublished> models = new TreeMap<>(situation.models());
        models.put(version.getVersion(), candidate);
        Situation with = new Situation(situation.rollout(), models);
        Decision decision = controller.decide(with, Evidence.NONE, now);
        if (decision instanceof Decision.Act act && concerns(act.move(), version.getVersion())) {
            return apply(with, act.move(), "trainer", act.reason(), now).orElseThrow();
        }
        String waits =
                decision instanceof Decision.Hold ? " It waits: " + decision.reason() : " It waits for its turn.";
        return new Publication(
                List.of(ModelPublished.newBuilder(candidate)
                        .setReason(version.getReason() + waits)
                        .build()),
                Optional.empty());
    }

    private static boolean concerns(Move move, long version) {
        return move instanceof Move.Promote promote && promote.version() == version
                || move instanceof Move.Shadow shadow && shadow.version() == version;
    }
}
