package io.headwater.trainer.nearest;

import io.headwater.trainer.training.Standardisation;
import io.headwater.trainer.trainingset.EmbeddingRows;
import io.headwater.trainer.trainingset.LabelledRows;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Finds the labelled images that are most like one. */
final class Neighbours {
    /** Of more examples as many are looked at, spread evenly over the order of their ids. */
    static final int MOST_EXAMPLES = 5_000;

    private static final Comparator<Neighbour> MOST_ALIKE =
            Comparator.comparingDouble(Neighbour::similarity).reversed().thenComparing(Neighbour::id);

    private Neighbours() {}

    /**
     * The most alike first; without the image itself.
     *
     * @param id of the image
     * @param embedding of the image, {@code [D] float32}
     * @param limit most that are wanted
     */
    static List<Neighbour> of(String id, float[] embedding, LabelledRows examples, int limit) {
        if (examples.size() == 0) {
            return List.of();
        }
        int[] looked = looked(examples.size());
        EmbeddingRows rows = examples.embeddings().some(looked);
        Standardisation standard = Standardisation.of(rows);
        float[] mean = standard.mean();
        float[] scale = standard.scale();
        double[] wanted = unit(embedding, mean, scale);
        PriorityQueue<Neighbour> best = new PriorityQueue<>(MOST_ALIKE.reversed());
        float[] vector = new float[rows.dimension()];
        for (int row = 0; row < looked.length; row++) {
            String other = examples.ids().get(looked[row]);
            if (other.equals(id)) {
                continue;
            }
            rows.read(row, vector, 0);
            best.add(new Neighbour(other, examples.labels().get(looked[row]), dot(wanted, unit(vector, mean, scale))));
            if (best.size() > limit) {
                best.remove();
            }
        }
        return best.stream().sorted(MOST_ALIKE).toList();
    }

    private static int[] looked(int size) {
        int stride = (size + MOST_EXAMPLES - 1) / MOST_EXAMPLES;
        return IntStream.iterate(0, row -> row < size, row -> row + stride).toArray();
    }

    private static double[] unit(float[] vector, float[] mean, float[] scale) {
        double[] unit = new double[vector.length];
        double square = 0;
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (vector[i] - mean[i]) * scale[i];
            square += unit[i] * unit[i];
        }
        double length = Math.sqrt(square);
        for (int i = 0; i < unit.length && length > 0; i++) {
            unit[i] /= length;
        }
        return unit;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
