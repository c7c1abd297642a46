package io.headwater.trainer.rollouts;

import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import io.headwater.trainer.rollouts.PairedEvidence.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what becomes of versions: a plain function of what is recorded, the evidence, the policy and the time.
 *
 * <p>What protects comes first, and nothing but a pin stops it: the stable version gives way to its predecessor, and the one
 * on trial is taken back, when it is significantly worse, or can't be loaded, fails or is slow where the other one isn't. What goes forward needs evidence that the version is not worse
 * than stable by the tolerance, whichever step it is at; labels of each step's own; and that nothing else speaks against it.
 * Where several people label, no evidence is enough that rests on one of them; why nothing is done tells who that is.
 */
public final class Controller {
    private final RolloutSettings settings;
    private final Fitness fitness;

    /** A controller that keeps to this. */
    public Controller(RolloutSettings settings) {
        this.settings = settings;
        this.fitness = new Fitness(settings);
    }

    /** What is to be done now; the same for the same. At most one thing: after it, ask again. */
    public Decision decide(Situation situation, Evidence evidence, Instant now) {
        Decision decision = look(situation, evidence, now);
        return decision instanceof Decision.Hold hold
                ? new Decision.Hold(Stream.concat(Stream.of(hold.reason()), heldBack(evidence))
                        .collect(Collectors.joining(" ")))
                : decision;
    }

    /** What one annotator alone would have brought about. */
    private static Stream<String> heldBack(Evidence evidence) {
        return Stream.of(
                        evidence.probation().flatMap(pair -> pair.heldBack(Claim.WORSE)),
                        evidence.trial().flatMap(pair -> pair.heldBack(Claim.WORSE)),
                        evidence.trial().flatMap(pair -> pair.heldBack(Claim.NOT_WORSE)),
                        evidence.failed().flatMap(pair -> pair.heldBack(Claim.BETTER)))
                .flatMap(Optional::stream);
    }

    private Decision look(Situation situation, Evidence evidence, Instant now) {
        return Stream.<Supplier<Optional<Decision>>>of(
                        () -> protect(situation, evidence),
                        () -> pause(situation, now),
                        () -> atOnce(situation),
                        () -> endProbation(situation, now),
                        () -> trial(situation, evidence, now))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> next(situation));
    }

    private Optional<Decision> protect(Situation situation, Evidence evidence) {
        Optional<Decision> rollback = evidence.probation()
                .filter(pair -> is(pair.version(), situation.stable())
                        && is(pair.against(), situation.previous())
                        && !situation.rollout().getPinned()
                        && isWorse(pair))
                .map(pair -> new Decision.Act(
                        new Move.Rollback(), pair.text() + ": significantly worse (" + proof(pair.worse()) + ")."));
        return rollback.or(() -> evidence.dataPlane().flatMap(dataPlane -> refused(situation, dataPlane)))
                .or(() -> evidence.dataPlane().flatMap(dataPlane -> unfit(situation, dataPlane)))
                .or(() -> evidence.trial()
                        .filter(pair -> is(pair.version(), situation.trial()) && isWorse(pair))
                        .map(pair -> new Decision.Act(
                                new Move.Reject(pair.version()),
                                pair.text() + ": significantly worse (" + proof(pair.worse()) + ").")));
    }

    /** A generation that can't be loaded holds everything up, also what is to come. */
    private Optional<Decision> refused(Situation situation, DataPlane dataPlane) {
        return dataPlane.refusals().stream()
                .flatMap(refusal -> refused(situation, refusal, dataPlane).stream())
                .findFirst();
    }

    private Optional<Decision> refused(Situation situation, DataPlane.Refusal refusal, DataPlane dataPlane) {
        return refusal.version()
                .filter(version -> refusal.attempts() >= settings.failureLimit())
                .flatMap(version -> takeOut(
                        situation,
                        version,
                        "The instance " + refusal.instance() + " can't serve it, after " + refusal.attempts()
                                + " attempts: " + refusal.reason() + "; of " + dataPlane.instances()
                                + " instances " + dataPlane.serving() + " serve it"));
    }

    /** What fails or is slow where the other one isn't. */
    private Optional<Decision> unfit(Situation situation, DataPlane dataPlane) {
        return fault(situation.trial(), situation.stable(), dataPlane)
                .or(() -> fault(situation.stable(), situation.previous(), dataPlane))
                .flatMap(fault -> takeOut(situation, fault.version(), fault.reason()));
    }

    private record Fault(long version, String reason) {}

    private Optional<Fault> fault(Optional<Long> version, Optional<Long> beside, DataPlane dataPlane) {
        return version.flatMap(first -> beside.flatMap(second -> fitness.fault(first, second, dataPlane))
                .map(reason -> new Fault(first, reason)));
    }

    /** A version that can't be served leaves the rollout, whatever it is in it, if something else can take its place. */
    private static Optional<Decision> takeOut(Situation situation, long version, String reason) {
        if (is(version, situation.trial()) || situation.isFailedShadow(version)) {
            return Optional.of(new Decision.Act(new Move.Reject(version, true), reason));
        }
        if (situation.previous().isEmpty() || situation.rollout().getProbationUntil() == null) {
            return Optional.empty();
        }
        if (is(version, situation.stable()) && !situation.rollout().getPinned()) {
            return Optional.of(new Decision.Act(new Move.Rollback(true), reason));
        }
        return is(version, situation.previous())
                ? Optional.of(new Decision.Act(new Move.EndProbation(), reason))
                : Optional.empty();
    }

    /** Evidence of versions that have other roles by now takes nothing back. */
    private static boolean is(long version, Optional<Long> role) {
        return role.filter(of -> of == version).isPresent();
    }

    private boolean isWorse(PairedEvidence pair) {
        return pair.worse() >= settings.level() && pair.images() >= settings.minLabels();
    }

    private static Optional<Decision> pause(Situation situation, Instant now) {
        RolloutChanged rollout = situation.rollout();
        if (rollout.getPaused()) {
            return hold("It is paused: nothing goes forward by itself.");
        }
        Instant until = rollout.getCooldownUntil();
        return until != null && now.isBefore(until)
                ? hold("Nothing goes forward until " + until + ": a version was rolled back.")
                : Optional.empty();
    }

    private static Optional<Decision> endProbation(Situation situation, Instant now) {
        Instant until = situation.rollout().getProbationUntil();
        return until == null || now.isBefore(until)
                ? Optional.empty()
                : Optional.of(new Decision.Act(
                        new Move.EndProbation(),
                        "Version " + situation.previous().orElseThrow()
                                + " is no shadow any more: its successor has stood the time of its probation."));
    }

    private Optional<Decision> trial(Situation situation, Evidence evidence, Instant now) {
        if (situation.trial().isEmpty()) {
            return Optional.empty();
        }
        long version = situation.trial().get();
        if (settings.policy() == RolloutPolicy.MANUAL) {
            return hold("Version " + version + " stays where it is: the policy is manual.");
        }
        Optional<String> obstacle = obstacle(situation, evidence);
        Duration lasted = Duration.between(situation.stepSince().orElseThrow(), now);
        if (obstacle.isPresent()) {
            return Optional.of(
                    lasted.compareTo(settings.progressDeadline()) < 0
                            ? new Decision.Hold(obstacle.get())
                            : overdue(situation, version, obstacle.get()));
        }
        if (lasted.compareTo(settings.interval()) < 0) {
            return hold("This step lasts " + settings.interval().toSeconds() + " s at least.");
        }
        return Optional.of(new Decision.Act(forward(situation, version), shown(evidence)));
    }

    private Move forward(Situation situation, long version) {
        int present = situation.rollout().getCanaryPercentage();
        // After a rollback the immediate policy waits for evidence, but it has no steps.
        return settings.policy() == RolloutPolicy.IMMEDIATE
                ? new Move.Promote(version)
                : settings.stepWeights().stream()
                        .filter(weight -> weight > present)
                        .findFirst()
                        .<Move>map(weight -> new Move.Canary(version, weight))
                        .orElseGet(() -> new Move.Promote(version));
    }

    /** Whoever could not show enough in time answers nobody, and yields to the next; else it goes on as a shadow. */
    private Decision overdue(Situation situation, long version, String obstacle) {
        String late = "No step forward within " + settings.progressDeadline() + ": " + obstacle;
        if (situation.canary().isPresent()) {
            return new Decision.Act(new Move.Shadow(version), late);
        }
        return situation
                .waiting()
                .<Decision>map(next -> new Decision.Act(new Move.Shadow(next.getVersion()), late))
                .orElseGet(() -> new Decision.Hold(late));
    }

    /** What is in the way of a step forward; empty if nothing is. */
    private Optional<String> obstacle(Situation situation, Evidence evidence) {
        if (situation.rollout().getPinned()) {
            return Optional.of("The stable version is pinned.");
        }
        if (evidence.trial().isEmpty()) {
            return Optional.of("No labelled image has been answered by both yet.");
        }
        PairedEvidence pair = evidence.trial().get();
        if (evidence.labelsInStep() < settings.minLabels()) {
            return Optional.of(pair.text() + "; " + evidence.labelsInStep() + " of them since this step began, "
                    + settings.minLabels() + " are needed.");
        }
        if (pair.notWorse() < settings.level()) {
            return Optional.of(pair.text()
                    + text(": too few to exclude that it is %.1f points worse", 100 * settings.tolerance()) + " ("
                    + proof(pair.notWorse()) + ").");
        }
        return failed(situation, evidence)
                .or(() -> evidence.traffic().flatMap(this::traffic))
                .or(() -> evidence.dataPlane().flatMap(Controller::disagreement));
    }

    private static Optional<String> disagreement(DataPlane dataPlane) {
        if (dataPlane.instances() == 0) {
            return Optional.of("No instance of the inference-service reports that it serves.");
        }
        return dataPlane.behind().isEmpty()
                ? Optional.empty()
                : Optional.of("Of " + dataPlane.instances() + " instances these don't serve this generation yet: "
                        + String.join(", ", dataPlane.behind()) + ".");
    }

    private Optional<String> failed(Situation situation, Evidence evidence) {
        return situation.rollout().getUnfit() ? failedUnfit(situation, evidence) : failedByLabels(situation, evidence);
    }

    /** It answers nothing that could be compared, so what comes after it has to be better in what it was unfit in. */
    private Optional<String> failedUnfit(Situation situation, Evidence evidence) {
        return situation.failed().flatMap(failed -> evidence.dataPlane()
                .map(dataPlane -> fitness.missing(situation.trial().orElseThrow(), dataPlane))
                .orElse(Optional.of("no instance has reported of it"))
                .map(missing -> "It has to show that it can be served, since version " + failed + " could not: "
                        + missing + "."));
    }

    private Optional<String> failedByLabels(Situation situation, Evidence evidence) {
        return situation
                .failed()
                .filter(failed -> evidence.failed()
                        .filter(pair -> pair.better() >= settings.level())
                        .isEmpty())
                .map(failed -> evidence.failed().map(pair -> pair.text() + ": ").orElse("")
                        + "it has to be better than version " + failed + ", which was rolled back ("
                        + proof(evidence.failed().map(PairedEvidence::better).orElse(1.0)) + ").");
    }

    private Optional<String> traffic(Traffic traffic) {
        if (traffic.images() < settings.minLabels()) {
            return Optional.empty();
        }
        if (traffic.agreement() < settings.minAgreement()) {
            return Optional.of(text(
                    "On %d images it says what stable says on a share of %.2f; %.2f is the least.",
                    traffic.images(), traffic.agreement(), settings.minAgreement()));
        }
        if (traffic.stability() > settings.maxStabilityIndex()) {
            return Optional.of(text(
                    "On %d images it predicts the classes in other shares: stability index %.2f, %.2f is the most.",
                    traffic.images(), traffic.stability(), settings.maxStabilityIndex()));
        }
        if (Math.abs(traffic.confidenceShift()) > settings.maxConfidenceShift()) {
            return Optional.of(text(
                    "On %d images its confidence differs by %+.2f; %.2f is the most.",
                    traffic.images(), traffic.confidenceShift(), settings.maxConfidenceShift()));
        }
        return Optional.empty();
    }

    private String shown(Evidence evidence) {
        PairedEvidence pair = evidence.trial().orElseThrow();
        return pair.text()
                + (pair.better() >= settings.level()
                        ? ": significantly better (" + proof(pair.better()) + ")."
                        : text(": %.1f points worse can be excluded", 100 * settings.tolerance()) + " ("
                                + proof(pair.notWorse()) + ").");
    }

    /** What needs no trial, or can't have one. */
    private Optional<Decision> atOnce(Situation situation) {
        boolean first = situation.stable().isEmpty();
        if (settings.policy() == RolloutPolicy.MANUAL || (situation.rollout().getPinned() && !first)) {
            return Optional.empty();
        }
        boolean immediate = settings.policy() == RolloutPolicy.IMMEDIATE
                && situation.failed().isEmpty();
        return situation
                .passed()
                // It was compared with its parent; what is stable since then may be better.
                .filter(version -> first || situation.stable().equals(Optional.ofNullable(version.getParent())))
                // Nothing else answers the embeddings of the next backbone: there is nothing to be a shadow of.
                .filter(version -> first || immediate || situation.isOnNextBackbone(version))
                .map(version -> new Decision.Act(new Move.Promote(version.getVersion()), version.getReason()));
    }

    private Decision next(Situation situation) {
        if (settings.policy() == RolloutPolicy.MANUAL) {
            return new Decision.Hold("The policy is manual: nothing goes live by itself.");
        }
        boolean onTrial = situation.stable().isPresent()
                && (settings.policy() == RolloutPolicy.SHADOW_THEN_CANARY
                        || situation.failed().isPresent());
        return (onTrial ? situation.waiting() : Optional.<ModelPublished>empty())
                .<Decision>map(version -> new Decision.Act(
                        new Move.Shadow(version.getVersion()),
                        "It has to show on live images how good it is. " + version.getReason()))
                .orElseGet(() -> new Decision.Hold("No version waits."));
    }

    private String proof(double evidence) {
        return text("evidence %.3g of %.3g", evidence, settings.level());
    }

    private static Optional<Decision> hold(String reason) {
        return Optional.of(new Decision.Hold(reason));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
