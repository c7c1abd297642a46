package io.headwater.trainer.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * In what order images should be labelled: a plain function.
 *
 * <p>By margin sampling (Scheffer, Decomain and Wrobel, "Active hidden Markov models for information extraction", 2001): what
 * the version finds two labels almost equally probable for. In blocks of {@value #BLOCK}: of {@value #CHOICE} times as many of
 * the smallest margins those are taken that are farthest from each other and from what was taken before, so that one
 * label is not asked for twice of pictures that are alike; that is the idea of Cluster-Margin (Citovsky et al., "Batch active
 * learning at scale", NeurIPS 2021), with the greedy k-centre (Sener and Savarese, ICLR 2018) instead of its clusters. Up to one
 * in ten of a block are images that are unlike anything labelled: of a new class a version may be sure, and wrong.
 *
 * <p>Without a version they are spread over all that has come.
 */
public final class Ranking {
    private static final int BLOCK = 50;
    private static final int CHOICE = 2;
    private static final int NOVEL = BLOCK / 10;
    private static final String UNLIKE = "unlike anything labelled so far";
    private static final String SPREAD = "spread over what has come; no version can say yet what it is unsure of";

    private Ranking() {}

    /**
     * The first of them.
     *
     * @param projected the images, in a few dimensions: {@code [N][k]}
     * @param probabilities what the version says of each: {@code [N][C]}, C at least 2
     * @param labels C class names
     * @param labelled some of the labelled images, projected alike
     * @param limit how many at most
     */
    public static List<Pick> byVersion(
            float[][] projected, float[][] probabilities, List<String> labels, float[][] labelled, int limit) {
        Novelty novelty = new Novelty(labelled);
        List<Scored> left = new ArrayList<>();
        for (int row = 0; row < projected.length; row++) {
            left.add(Scored.of(row, probabilities[row], novelty.of(projected[row])));
        }
        left.sort(Comparator.comparingDouble(Scored::margin).thenComparing(Scored::row));
        List<Scored> novel = new ArrayList<>(left.stream()
                .filter(image -> image.novelty() > 1)
                .sorted(Comparator.comparingDouble(Scored::novelty).reversed())
                .toList());
        Spread spread = new Spread(projected);
        List<Scored> taken = new ArrayList<>();
        while (taken.size() < limit && !left.isEmpty()) {
            int wanted = Math.min(BLOCK, limit - taken.size());
            List<Scored> block = new ArrayList<>(
                    novel.subList(0, Math.min(novel.size(), Math.min(NOVEL, Math.max(1, wanted / 10)))));
            block.forEach(image -> spread.choose(image.row()));
            left.removeAll(block);
            List<Scored> unsure = new ArrayList<>(left.subList(0, Math.min(left.size(), CHOICE * wanted)));
            while (block.size() < wanted && !unsure.isEmpty()) {
                Scored farthest = unsure.stream()
                        .max(Comparator.comparingDouble(image -> spread.distance(image.row())))
                        .orElseThrow();
                spread.choose(farthest.row());
                unsure.remove(farthest);
                block.add(farthest);
            }
            left.removeAll(block);
            novel.removeAll(block);
            block.sort(Comparator.comparingDouble(Scored::margin));
            taken.addAll(block);
        }
        return taken.stream().map(image -> image.pick(labels)).toList();
    }

    /** The first of them, without a version. */
    public static List<Pick> withoutVersion(float[][] projected, float[][] labelled, int limit, long seed) {
        Spread spread = new Spread(projected);
        for (float[] image : labelled) {
            spread.choose(image);
        }
        Random random = new Random(seed);
        return IntStream.range(0, Math.min(limit, projected.length))
                .map(turn -> {
                    int row = spread.draw(random);
                    spread.choose(row);
                    return row;
                })
                .distinct()
                .mapToObj(row -> new Pick(row, -1, List.of(SPREAD)))
                .toList();
    }

    private record Scored(int row, int first, int second, float best, float runnerUp, double novelty) {
        static Scored of(int row, float[] probabilities, double novelty) {
            int first = probabilities[1] > probabilities[0] ? 1 : 0;
            int second = 1 - first;
            for (int c = 2; c < probabilities.length; c++) {
                if (probabilities[c] > probabilities[first]) {
                    second = first;
                    first = c;
                } else if (probabilities[c] > probabilities[second]) {
                    second = c;
                }
            }
            return new Scored(row, first, second, probabilities[first], probabilities[second], novelty);
        }

        double margin() {
            return best - runnerUp;
        }

        Pick pick(List<String> labels) {
            List<String> reasons = new ArrayList<>();
            String unsure = String.format(
                    Locale.ROOT,
                    "unsure between %s and %s: %.2f against %.2f",
                    labels.get(first),
                    labels.get(second),
                    best,
                    runnerUp);
            if (novelty > 1) {
                reasons.add(UNLIKE);
            }
            if (novelty <= 1 || margin() < 0.5) {
                reasons.add(unsure);
            }
            return new Pick(row, first, List.copyOf(reasons));
        }
    }
}
