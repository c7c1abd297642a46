package io.headwater.benchmarks.training;

/** The same training as loops over float arrays, without any library. */
final class PlainJava {
    private PlainJava() {}

    /** Trains on standardised rows and returns the weights. */
    static float[] train(float[] rows, int[] targets, Task task) {
        int dimension = task.dimension();
        int classes = task.classes();
        // Class by class, so that the inner loops run along memory.
        float[] weights = new float[classes * dimension];
        float[] mean = new float[weights.length];
        float[] variance = new float[weights.length];
        float[] bias = new float[classes];
        float[] biasMean = new float[classes];
        float[] biasVariance = new float[classes];
        int done = 0;
        for (int[] batch : task.batches()) {
            float[] slope = new float[weights.length];
            float[] biasSlope = new float[classes];
            for (int i = 0; i < slope.length; i++) {
                slope[i] = task.penalty() * weights[i];
            }
            for (int row : batch) {
                int at = row * dimension;
                float[] error = probabilities(rows, at, weights, bias, dimension);
                error[targets[row]] -= 1;
                for (int c = 0; c < classes; c++) {
                    float share = error[c] / batch.length;
                    biasSlope[c] += share;
                    int to = c * dimension;
                    for (int i = 0; i < dimension; i++) {
                        slope[to + i] += share * rows[at + i];
                    }
                }
            }
            float corrected = task.correctedRate(done++);
            adam(weights, slope, mean, variance, corrected);
            adam(bias, biasSlope, biasMean, biasVariance, corrected);
        }
        return weights;
    }

    private static float[] probabilities(float[] rows, int at, float[] weights, float[] bias, int dimension) {
        float[] values = bias.clone();
        float largest = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < values.length; c++) {
            // Eight sums instead of one: they do not wait for each other.
            float[] sums = new float[8];
            int from = c * dimension;
            int i = 0;
            for (; i + 8 <= dimension; i += 8) {
                for (int lane = 0; lane < 8; lane++) {
                    sums[lane] += rows[at + i + lane] * weights[from + i + lane];
                }
            }
            for (; i < dimension; i++) {
                sums[0] += rows[at + i] * weights[from + i];
            }
            for (float sum : sums) {
                values[c] += sum;
            }
            largest = Math.max(largest, values[c]);
        }
        float total = 0;
        for (int c = 0; c < values.length; c++) {
            values[c] = (float) Math.exp(values[c] - largest);
            total += values[c];
        }
        for (int c = 0; c < values.length; c++) {
            values[c] /= total;
        }
        return values;
    }

    private static void adam(float[] parameter, float[] slope, float[] mean, float[] variance, float rate) {
        for (int i = 0; i < parameter.length; i++) {
            mean[i] = Task.BETA1 * mean[i] + (1 - Task.BETA1) * slope[i];
            variance[i] = Task.BETA2 * variance[i] + (1 - Task.BETA2) * slope[i] * slope[i];
            parameter[i] -= rate * mean[i] / ((float) Math.sqrt(variance[i]) + Task.EPSILON);
        }
    }
}
