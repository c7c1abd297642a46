package io.headwater.inference.model;

/** Logits to probabilities. */
final class Softmax {
    private Softmax() {}

    /** Replaces {@code count} logits, from {@code from} on, by their softmax: {@code exp(x - max) / sum}. */
    static void apply(float[] numbers, int from, int count) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            max = Math.max(max, numbers[i]);
        }
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            double exp = Math.exp(numbers[i] - max);
            numbers[i] = (float) exp;
            sum += exp;
        }
        for (int i = from; i < from + count; i++) {
            numbers[i] = (float) (numbers[i] / sum);
        }
    }
}
