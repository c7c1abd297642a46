package io.headwater.trainer.evaluation;

import io.headwater.events.GateOutcome;
import io.headwater.events.GateVerdict;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides whether a trained version may be served. Plain functions of the evidence: held-out examples that no version has
 * learnt from. What was too few examples to tell is {@code INCONCLUSIVE}, neither good nor bad.
 */
public final class Gate {
    /** Fewer pictures than this are not a class. */
    private static final int LEAST_LOST = 4;
    /** Classes that may look lost by chance, on average, between two versions that are equally good on all of them. */
    private static final double CHANCE_LOSSES = 0.5;
    /** Two versions that differ on more examples than this have too little in common for log loss to decide. */
    private static final double MOST_DIFFERING = 0.125;
    /** Risk of calling a log loss lower that is not. */
    private static final double CLEARLY = 0.01;

    private final GateSettings settings;

    /** A gate that asks for this. */
    public Gate(GateSettings settings) {
        this.settings = settings;
    }

    /**
     * A version while none is served: it passes if it is significantly better than always guessing the commonest class.
     *
     * @param guessing the version (first) beside guessing, on examples that it has not learnt from
     */
    public GateVerdict first(Tally guessing) {
        String facts = text(
                "No version is served yet. On %d examples that it had not learnt from it is right on %d where guessing the"
                        + " commonest class is wrong, and wrong on %d where guessing is right (p %s): ",
                guessing.examples(), guessing.wins(), guessing.losses(), p(guessing.pBetter()));
        if (guessing.pBetter() <= settings.significance()) {
            return verdict(GateOutcome.PASSED, facts + "better than guessing.");
        }
        if (guessing.netLosses() >= 0 && guessing.examples() >= settings.minExamples()) {
            return verdict(GateOutcome.REJECTED, facts + "not better than guessing.");
        }
        return verdict(
                GateOutcome.INCONCLUSIVE,
                facts + "too few to tell whether it is better. It takes more labelled pictures.");
    }

    /** A version while another is served that can't answer the same examples. */
    public GateVerdict incomparable(long stable) {
        return verdict(
                GateOutcome.INCONCLUSIVE,
                text("Version %d is served and can't be compared with it: their backbones differ.", stable));
    }

    /**
     * A version while another is served.
     *
     * <p>It is rejected if it is right significantly less often, or loses a class. Else it passes if it is right significantly
     * more often; or if being worse by the margin can be excluded; or if it is right at least as often, and its log loss is
     * clearly lower, and being worse by the margin can at least be excluded as far as anything is called significant here.
     */
    public GateVerdict against(Comparison stable) {
        Tally all = stable.all();
        String facts = facts(stable);
        if (all.pWorse() <= settings.significance()) {
            return verdict(GateOutcome.REJECTED, facts + text("significantly worse (p %s).", p(all.pWorse())));
        }
        // Of many classes one looks lost by chance: the more there are, the clearer a loss must be.
        int classes = stable.classes().size();
        Optional<Map.Entry<String, Tally>> lost = lost(
                stable,
                tally -> tally.pWorse() <= settings.significance() / classes
                        || 2 * tally.netLosses() > tally.examples());
        if (lost.isPresent()) {
            return verdict(GateOutcome.REJECTED, facts + "it loses the class " + loss(lost.get()) + ".");
        }
        Optional<Map.Entry<String, Tally>> perhapsLost =
                lost(stable, tally -> tally.pWorse() <= Math.min(settings.significance(), CHANCE_LOSSES / classes));
        if (perhapsLost.isPresent()) {
            return verdict(
                    GateOutcome.INCONCLUSIVE,
                    facts + "it may have lost the class " + loss(perhapsLost.get())
                            + ". It takes more held-out pictures.");
        }
        if (all.pBetter() <= settings.significance()) {
            return verdict(GateOutcome.PASSED, facts + text("significantly better (p %s).", p(all.pBetter())));
        }
        double worse = all.pWorseBy(settings.margin());
        String points = text("%.1f points", 100 * settings.margin());
        if (worse <= settings.risk()) {
            return verdict(
                    GateOutcome.PASSED, facts + text("%s worse or more can be excluded (p %s).", points, p(worse)));
        }
        if (isBetterByLogLoss(stable, worse)) {
            return verdict(
                    GateOutcome.PASSED, facts + text("right at least as often, and its log loss is clearly lower."));
        }
        return verdict(
                GateOutcome.INCONCLUSIVE,
                facts
                        + text(
                                "too few to exclude that it is %s worse (p %s). It takes more held-out pictures.",
                                points, p(worse)));
    }

    private Optional<Map.Entry<String, Tally>> lost(Comparison stable, Predicate<Tally> beyondChance) {
        return stable.classes().entrySet().stream()
                .filter(entry -> entry.getValue().netLosses() >= LEAST_LOST
                        && entry.getValue().netLosses()
                                > settings.classTolerance() * entry.getValue().examples()
                        && beyondChance.test(entry.getValue()))
                .findFirst();
    }

    /** What a training with some more pictures gives: hardly another answer, but better probabilities. */
    private boolean isBetterByLogLoss(Comparison stable, double worse) {
        return stable.all().examples() >= settings.minExamples()
                && stable.all().netLosses() <= 0
                && worse <= settings.significance()
                && stable.all().differing() <= MOST_DIFFERING * stable.all().examples()
                && stable.logLoss().atMost(CLEARLY) < 0;
    }

    private static String facts(Comparison stable) {
        return text(
                "Beside version %d on %d held-out examples: right on %d where that is wrong, wrong on %d where that is right,"
                        + " log loss %+.4f%s: ",
                stable.version(),
                stable.all().examples(),
                stable.all().wins(),
                stable.all().losses(),
                stable.logLoss().mean(),
                stable.gone().isEmpty() ? "" : ", without the classes " + String.join(", ", stable.gone()));
    }

    private static String loss(Map.Entry<String, Tally> entry) {
        Tally tally = entry.getValue();
        return text(
                "%s: of %d examples wrong on %d where that is right, right on %d where that is wrong",
                entry.getKey(), tally.examples(), tally.losses(), tally.wins());
    }

    private static GateVerdict verdict(GateOutcome outcome, String reason) {
        return new GateVerdict(outcome, reason);
    }

    private static String p(double probability) {
        return probability < 0.0001 ? "< 0.0001" : text("= %.4f", probability);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
