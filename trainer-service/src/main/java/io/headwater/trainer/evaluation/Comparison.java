package io.headwater.trainer.evaluation;

import io.headwater.events.PairedComparison;
import io.headwater.events.Quality;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A version beside the one that serves, on the same held-out examples.
 *
 * @param version number of the one that serves
 * @param quality of the one that serves
 * @param all all examples; the new version is the first of the two
 * @param classes the examples of each class
 * @param logLoss log loss of the new version less that of the other, nats
 * @param gone classes of the other that the new one doesn't know any more; there are no examples of them
 */
public record Comparison(
        long version,
        Quality quality,
        Tally all,
        Map<String, Tally> classes,
        MeanDifference logLoss,
        List<String> gone) {

    /** Keeps copies. */
    public Comparison {
        classes = Collections.unmodifiableMap(new TreeMap<>(classes));
        gone = List.copyOf(gone);
    }

    /**
     * Compares answers to the same examples.
     *
     * @param version number of the one that serves
     * @param answers of the new version
     * @param serving of the one that serves
     * @param truth class names of the examples
     */
    public static Comparison of(long version, Answers answers, Answers serving, List<String> truth) {
        boolean[] right = answers.right();
        boolean[] servingRight = serving.right();
        Map<String, Tally> classes = new TreeMap<>();
        for (String label : truth.stream().distinct().toList()) {
            int[] own = IntStream.range(0, truth.size())
                    .filter(i -> truth.get(i).equals(label))
                    .toArray();
            classes.put(label, Tally.of(pick(right, own), pick(servingRight, own)));
        }
        return new Comparison(
                version,
                serving.quality(),
                Tally.of(right, servingRight),
                classes,
                MeanDifference.of(answers.losses(), serving.losses()),
                serving.labels().stream()
                        .filter(label -> !answers.labels().contains(label))
                        .toList());
    }

    /** For the record of the new version. */
    public PairedComparison toEvent() {
        return new PairedComparison(
                version,
                (long) all.examples(),
                (long) all.wins(),
                (long) all.losses(),
                all.pDifferent(),
                all.pWorse(),
                logLoss.estimate(Intervals.CONFIDENCE));
    }

    private static boolean[] pick(boolean[] values, int[] places) {
        boolean[] picked = new boolean[places.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = values[places[i]];
        }
        return picked;
    }
}
