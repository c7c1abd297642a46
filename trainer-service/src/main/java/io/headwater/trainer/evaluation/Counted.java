package io.headwater.trainer.evaluation;

/** What is counted over examples, each of which may count several times. */
final class Counted {
    private static final int BINS = 15;

    private final Answers answers;
    private final double[] losses;
    final long[][] confusion;
    private final double[] confidences = new double[BINS];
    private final long[] rights = new long[BINS];
    private double loss;
    private long examples;

    Counted(Answers answers, double[] losses) {
        this.answers = answers;
        this.losses = losses;
        confusion = new long[answers.labels().size()][answers.labels().size()];
    }

    /** Counts an example once more. One of a label that the model doesn't know is in no row of the confusion matrix. */
    void add(int example) {
        int best = answers.best(example);
        int truth = answers.truth(example);
        double confidence = answers.confidence(example);
        int bin = Math.min(BINS - 1, (int) (confidence * BINS));
        confidences[bin] += confidence;
        rights[bin] += best == truth ? 1 : 0;
        loss += losses[example];
        examples++;
        if (truth >= 0) {
            confusion[truth][best]++;
        }
    }

    double logLoss() {
        return loss / examples;
    }

    /**
     * Expected calibration error: 15 bins of equal width, the distance of mean confidence and accuracy in each weighted by
     * its examples (Guo et al., 2017).
     */
    double calibrationError() {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += Math.abs(confidences[bin] - rights[bin]);
        }
        return sum / examples;
    }

    long right(int label) {
        return confusion[label][label];
    }

    /** Examples of a class. */
    long examples(int label) {
        long sum = 0;
        for (long count : confusion[label]) {
            sum += count;
        }
        return sum;
    }

    /** Answers with a label. */
    long answers(int label) {
        long sum = 0;
        for (long[] row : confusion) {
            sum += row[label];
        }
        return sum;
    }

    /** Harmonic mean of precision and recall; 0 where nothing is right. */
    double f1(int label) {
        long both = examples(label) + answers(label);
        return both == 0 ? 0 : 2.0 * right(label) / both;
    }
}
