package io.headwater.trainer.training;

/**
 * Temperature scaling (Guo et al., 2017, "On Calibration of Modern Neural Networks"): one number that all logits are
 * divided by, so that the log loss on examples that were not learnt from is least. It changes no answer, only how sure
 * the head is of it.
 */
final class Temperature {
    /** Nothing is changed. */
    static final Temperature NONE = new Temperature(1);

    private static final double HOTTEST = 20;
    private static final double COLDEST = 0.05;
    private static final int MOST_STEPS = 50;
    private static final double PRECISION = 1e-6;
    private static final int BINS = 15;

    private final double value;

    private Temperature(double value) {
        this.value = value;
    }

    /** What logits are divided by. */
    double value() {
        return value;
    }

    /**
     * The best one for these answers. The loss is convex in the inverse temperature: Newton's steps, and halving where they
     * would leave the bounds.
     *
     * <p>The targets are softened by one part in N + 2 (after Platt, 1999): a few examples that are all answered right are
     * no reason to be sure for ever.
     *
     * @param logits {@code [N][C]}, at least one row
     * @param targets N classes
     */
    static Temperature fit(float[][] logits, int[] targets) {
        double softening = 1.0 / (targets.length + 2);
        double low = 1 / HOTTEST;
        double high = 1 / COLDEST;
        double inverse = 1;
        for (int step = 0; step < MOST_STEPS; step++) {
            Slope slope = Slope.at(inverse, logits, targets, softening);
            if (slope.first() > 0) {
                high = inverse;
            } else {
                low = inverse;
            }
            double next = inverse - slope.first() / slope.second();
            // Not-a-number too: all logits are alike.
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - inverse) < PRECISION * inverse) {
                break;
            }
            inverse = next;
        }
        return new Temperature(1 / inverse);
    }

    private record Slope(double first, double second) {

        /** First and second derivative of the mean loss by the inverse temperature. */
        static Slope at(double inverse, float[][] logits, int[] targets, double softening) {
            double first = 0;
            double second = 0;
            for (int row = 0; row < targets.length; row++) {
                float[] z = logits[row];
                double largest = largest(z);
                double total = 0;
                double mean = 0;
                double square = 0;
                double middle = 0;
                for (float one : z) {
                    double power = Math.exp(inverse * (one - largest));
                    total += power;
                    mean += power * one;
                    square += power * one * one;
                    middle += one;
                }
                mean /= total;
                first += mean - (1 - softening) * z[targets[row]] - softening * middle / z.length;
                second += square / total - mean * mean;
            }
            return new Slope(first / targets.length, second / targets.length);
        }
    }

    /** Probabilities of logits at this temperature: {@code [N][C]}. */
    float[][] probabilities(float[][] logits) {
        float[][] probabilities = new float[logits.length][];
        for (int row = 0; row < logits.length; row++) {
            probabilities[row] = probabilities(logits[row]);
        }
        return probabilities;
    }

    private float[] probabilities(float[] logits) {
        double largest = largest(logits);
        double total = 0;
        double[] powers = new double[logits.length];
        for (int c = 0; c < powers.length; c++) {
            powers[c] = Math.exp((logits[c] - largest) / value);
            total += powers[c];
        }
        float[] probabilities = new float[powers.length];
        for (int c = 0; c < powers.length; c++) {
            probabilities[c] = (float) (powers[c] / total);
        }
        return probabilities;
    }

    /** Mean negative log-likelihood of the targets at this temperature, nats. */
    double loss(float[][] logits, int[] targets) {
        double loss = 0;
        for (int row = 0; row < targets.length; row++) {
            double largest = largest(logits[row]);
            double total = 0;
            for (float one : logits[row]) {
                total += Math.exp((one - largest) / value);
            }
            loss += Math.log(total) - (logits[row][targets[row]] - largest) / value;
        }
        return loss / targets.length;
    }

    /**
     * Expected calibration error at this temperature (Naeini et al., 2015): over {@value #BINS} equally wide bins of
     * confidence, the mean distance of confidence and accuracy, weighted by the examples in the bin.
     */
    double calibrationError(float[][] logits, int[] targets) {
        double[] surplus = new double[BINS];
        float[][] probabilities = probabilities(logits);
        for (int row = 0; row < targets.length; row++) {
            int best = 0;
            for (int c = 1; c < probabilities[row].length; c++) {
                best = probabilities[row][c] > probabilities[row][best] ? c : best;
            }
            float confidence = probabilities[row][best];
            surplus[Math.min(BINS - 1, (int) (confidence * BINS))] += confidence - (best == targets[row] ? 1 : 0);
        }
        double error = 0;
        for (double one : surplus) {
            error += Math.abs(one);
        }
        return error / targets.length;
    }

    /** The layer whose logits are those of {@code layer} divided by the temperature. */
    Layer divide(Layer layer) {
        return new Layer(layer.inputs(), divided(layer.weights()), divided(layer.bias()));
    }

    private float[] divided(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] / value);
        }
        return values;
    }

    private static double largest(float[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float one : values) {
            largest = Math.max(largest, one);
        }
        return largest;
    }
}
