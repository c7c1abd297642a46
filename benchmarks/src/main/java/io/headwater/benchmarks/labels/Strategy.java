package io.headwater.benchmarks.labels;

import io.headwater.trainer.queue.Pick;
import io.headwater.trainer.queue.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ways to choose what to label next, for comparison with that of the trainer. */
enum Strategy {
    /** Any image. */
    RANDOM {
        @Override
        int[] choose(Situation now) {
            List<Integer> all =
                    IntStream.range(0, now.projected().length).boxed().collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(all, new Random(now.seed()));
            return all.stream().limit(now.count()).mapToInt(Integer::intValue).toArray();
        }
    },
    /** The smallest margins. */
    MARGIN {
        @Override
        int[] choose(Situation now) {
            return IntStream.range(0, now.projected().length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> margin(now.probabilities()[i])))
                    .limit(now.count())
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    },
    /** That of the trainer. */
    QUEUE {
        @Override
        int[] choose(Situation now) {
            return Ranking.byVersion(now.projected(), now.probabilities(), now.labels(), now.labelled(), now.count())
                    .stream()
                    .mapToInt(Pick::row)
                    .toArray();
        }
    },
    /** BADGE: k-means++ on the gradients of the last layer (Ash et al., ICLR 2020). */
    BADGE {
        @Override
        int[] choose(Situation now) {
            Random random = new Random(now.seed());
            float[][] projected = now.projected();
            float[][] q = new float[projected.length][];
            for (int i = 0; i < q.length; i++) {
                q[i] = now.probabilities()[i].clone();
                q[i][best(q[i])] -= 1;
            }
            double[] nearest = new double[q.length];
            for (int i = 0; i < q.length; i++) {
                nearest[i] = dot(q[i], q[i]) * (dot(projected[i], projected[i]));
            }
            double[] norm = nearest.clone();
            int[] chosen = new int[now.count()];
            for (int k = 0; k < chosen.length; k++) {
                double at = random.nextDouble() * Arrays.stream(nearest).sum();
                int pick = 0;
                for (double sum = nearest[0]; sum < at && pick < q.length - 1; sum += nearest[pick]) {
                    pick++;
                }
                chosen[k] = pick;
                for (int i = 0; i < q.length; i++) {
                    double d = norm[i] + norm[pick] - 2 * dot(q[i], q[pick]) * dot(projected[i], projected[pick]);
                    nearest[i] = Math.max(0, Math.min(nearest[i], d));
                }
                nearest[pick] = 0;
            }
            return Arrays.stream(chosen).distinct().toArray();
        }
    };

    /**
     * What there is to choose from.
     *
     * @param projected the images, in a few dimensions
     * @param probabilities what the head says of each
     * @param labels its classes
     * @param labelled the labelled images, projected alike
     * @param count how many are wanted
     * @param seed of what is drawn
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    record Situation(
            float[][] projected,
            float[][] probabilities,
            List<String> labels,
            float[][] labelled,
            int count,
            long seed) {}

    abstract int[] choose(Situation now);

    private static double margin(float[] probabilities) {
        float[] sorted = probabilities.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - 1] - sorted[sorted.length - 2];
    }

    private static int best(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
