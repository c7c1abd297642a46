package io.headwater.trainer.rollouts;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.trainer.quality.Agreed;
import io.headwater.trainer.quality.FallTest;
import io.headwater.trainer.quality.LiveQuality;
import io.headwater.trainer.quality.Testimony;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Two versions on the same labelled images.
 *
 * <p>Evidence of 1 is none; what is said wrongly reaches 1/a with a probability of at most a, over all looks together.
 * Worse and better are bets on the images on which only one of the two is right: of equals each is right on half of these,
 * whatever came before ({@link FallTest}).
 *
 * @param version the first
 * @param against the second
 * @param images that both answered and somebody labelled
 * @param wins on which only the first is right
 * @param losses on which only the second is right
 * @param notWorse evidence that the first is not worse by the tolerance
 * @param better evidence that the first is better
 * @param worse evidence that the first is worse
 * @param alone claims that one annotator's labels alone would have made good: their evidence is what is left without these,
 *     and too little
 */
public record PairedEvidence(
        long version,
        long against,
        int images,
        int wins,
        int losses,
        double notWorse,
        double better,
        double worse,
        List<Alone> alone) {
    private static final double HALF = 0.5;

    /** What labels can say of two versions. */
    enum Claim {
        @JsonProperty("notWorse")
        NOT_WORSE("is not worse by the tolerance"),
        @JsonProperty("better")
        BETTER("is better"),
        @JsonProperty("worse")
        WORSE("is worse");

        private final String words;

        Claim(String words) {
            this.words = words;
        }

        private double evidence(List<Integer> outcomes, double tolerance) {
            return switch (this) {
                case NOT_WORSE -> NotWorseTest.evidence(outcomes, tolerance);
                case BETTER -> FallTest.evidence(firstIsRight(outcomes, false), HALF);
                case WORSE -> FallTest.evidence(firstIsRight(outcomes, true), HALF);
            };
        }
    }

    /**
     * Somebody without whose labels a claim would not be made good any more.
     *
     * @param claim which
     * @param annotator who
     * @param all evidence of all labels
     * @param without what is left of it
     */
    public record Alone(Claim claim, String annotator, double all, double without) {}

    /**
     * Weighs what the images say.
     *
     * @param outcomes of each image +1 if only the first is right, -1 if only the second is, else 0; in the order in which
     *     the labels were given
     */
    public static PairedEvidence of(long version, long against, List<Integer> outcomes, double tolerance) {
        return of(version, against, outcomes, List.of(), claim -> claim.evidence(outcomes, tolerance));
    }

    /**
     * Weighs what the images say, and what is left of it without any one of those who labelled them.
     *
     * @param level the evidence that suffices, and that nobody brings alone
     */
    static PairedEvidence of(
            long version, long against, Testimony<LiveQuality.Pair> labels, double tolerance, double level) {
        Map<Claim, Agreed> agreed = new EnumMap<>(Claim.class);
        List<Alone> alone = new ArrayList<>();
        for (Claim claim : Claim.values()) {
            Agreed evidence = Agreed.of(labels, pairs -> claim.evidence(outcomes(pairs), tolerance), level);
            agreed.put(claim, evidence);
            evidence.alone()
                    .map(by -> new Alone(claim, by.annotator(), by.all(), by.without()))
                    .ifPresent(alone::add);
        }
        return of(version, against, outcomes(labels.whole()), alone, claim -> agreed.get(claim)
                .evidence());
    }

    private static PairedEvidence of(
            long version, long against, List<Integer> outcomes, List<Alone> alone, ToDoubleFunction<Claim> evidence) {
        int wins = (int) outcomes.stream().filter(outcome -> outcome > 0).count();
        int losses = (int) outcomes.stream().filter(outcome -> outcome < 0).count();
        return new PairedEvidence(
                version,
                against,
                outcomes.size(),
                wins,
                losses,
                evidence.applyAsDouble(Claim.NOT_WORSE),
                evidence.applyAsDouble(Claim.BETTER),
                evidence.applyAsDouble(Claim.WORSE),
                List.copyOf(alone));
    }

    private static List<Integer> outcomes(List<LiveQuality.Pair> pairs) {
        return pairs.stream().map(LiveQuality.Pair::outcome).toList();
    }

    /** Of the images on which only one is right, whether it is the first, or whether it is not. */
    private static List<Boolean> firstIsRight(List<Integer> outcomes, boolean yes) {
        return outcomes.stream()
                .filter(outcome -> outcome != 0)
                .map(outcome -> outcome > 0 == yes)
                .toList();
    }

    /** The counts, for people. */
    String text() {
        return "Beside version " + against + " on " + images + " labelled images: right on " + wins
                + " where that is wrong, wrong on " + losses + " where that is right";
    }

    /** That one annotator alone would have made a claim good, if so; a sentence for people. */
    Optional<String> heldBack(Claim claim) {
        return alone.stream()
                .filter(by -> by.claim() == claim)
                .map(by -> String.format(
                        Locale.ROOT,
                        "Held back: only with the labels of '%s' is there enough evidence that version %d %s, beside version"
                                + " %d (%.3g, %.3g without them); nobody decides alone where others label too.",
                        by.annotator(),
                        version,
                        claim.words,
                        against,
                        by.all(),
                        by.without()))
                .findFirst();
    }
}
