package io.headwater.benchmarks.inference;

import io.headwater.benchmarks.inference.RandomHeads.RandomHead;
import java.util.List;

/** The stacked matrix product as plain Java, in the two ways that its loops can be nested. */
final class StackedInJava {
    private static final int LANES = 8;

    private final int dimension;
    private final int heads;
    private final int classes;
    private final int width;
    private final float[] weights;
    private final float[] transposed;
    private final float[] bias;

    StackedInJava(int dimension, List<RandomHead> heads) {
        this.dimension = dimension;
        this.heads = heads.size();
        this.classes = heads.get(0).bias().length;
        this.width = this.heads * classes;
        this.weights = new float[dimension * width];
        this.transposed = new float[dimension * width];
        this.bias = new float[width];
        for (int h = 0; h < this.heads; h++) {
            RandomHead head = heads.get(h);
            System.arraycopy(head.bias(), 0, bias, h * classes, classes);
            for (int row = 0; row < dimension; row++) {
                for (int i = 0; i < classes; i++) {
                    float weight = head.weights()[row * classes + i];
                    weights[row * width + h * classes + i] = weight;
                    transposed[(h * classes + i) * dimension + row] = weight;
                }
            }
        }
    }

    /** Row by row: {@code logits += x[i] * W[i]}, which the compiler turns into vector instructions. */
    double score(float[] embedding) {
        float[] logits = bias.clone();
        for (int row = 0; row < dimension; row++) {
            float x = embedding[row];
            int from = row * width;
            for (int i = 0; i < width; i++) {
                logits[i] += x * weights[from + i];
            }
        }
        return best(logits);
    }

    /** Class by class, with eight sums side by side. */
    double scoreTransposed(float[] embedding) {
        float[] logits = bias.clone();
        for (int i = 0; i < width; i++) {
            logits[i] += dot(embedding, i * dimension);
        }
        return best(logits);
    }

    private float dot(float[] x, int from) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        for (int i = 0; i < dimension; i += LANES) {
            a += x[i] * transposed[from + i];
            b += x[i + 1] * transposed[from + i + 1];
            c += x[i + 2] * transposed[from + i + 2];
            d += x[i + 3] * transposed[from + i + 3];
            e += x[i + 4] * transposed[from + i + 4];
            f += x[i + 5] * transposed[from + i + 5];
            g += x[i + 6] * transposed[from + i + 6];
            h += x[i + 7] * transposed[from + i + 7];
        }
        return a + b + c + d + e + f + g + h;
    }

    private double best(float[] logits) {
        double sum = 0;
        for (int h = 0; h < heads; h++) {
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < classes; i++) {
                max = Math.max(max, logits[h * classes + i]);
            }
            double all = 0;
            for (int i = 0; i < classes; i++) {
                all += Math.exp(logits[h * classes + i] - max);
            }
            sum += 1 / all;
        }
        return sum;
    }
}
