package io.headwater.trainer.quality;

import io.headwater.events.JudgedAnswer;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What is kept of a judged image. Of arrays, because there is one for every labelled image; they are never changed. */
final class Judgement {
    /** Smaller ones count as this: a model of float32 numbers can't tell them from zero, and no single image may weigh infinitely. */
    private static final float SMALLEST = 1e-7f;

    /** Position of the served version's answer. */
    static final int SERVED = 0;

    private final boolean sampled;
    private final int annotator;
    private final int truth;
    private final long labelledAt;
    private final long classifiedAt;
    private final long[] versions;
    private final int[] answers;
    private final float[] truthProbabilities;

    /**
     * @param sampled whether the image is of the random sample
     * @param annotator number of who gave the label
     * @param truth number of the true label
     * @param labelledAt when the label was given, milliseconds since the epoch
     * @param classifiedAt when the answers were given, milliseconds since the epoch
     * @param versions the versions that answered, the served one first; one array for all images that have the same
     * @param answers the number of the label that each gave
     * @param truthProbabilities what each gave to the true label, as {@link #encode} writes it
     */
    Judgement(
            boolean sampled,
            int annotator,
            int truth,
            long labelledAt,
            long classifiedAt,
            long[] versions,
            int[] answers,
            float[] truthProbabilities) {
        this.sampled = sampled;
        this.annotator = annotator;
        this.truth = truth;
        this.labelledAt = labelledAt;
        this.classifiedAt = classifiedAt;
        this.versions = versions;
        this.answers = answers;
        this.truthProbabilities = truthProbabilities;
    }

    /** Whether the image is of the random sample, see {@link Counted#SAMPLE}. */
    boolean isSampled() {
        return sampled;
    }

    /** Number of who gave the label. */
    int annotator() {
        return annotator;
    }

    int truth() {
        return truth;
    }

    long labelledAt() {
        return labelledAt;
    }

    long classifiedAt() {
        return classifiedAt;
    }

    /** Number of answers. */
    int size() {
        return answers.length;
    }

    /** The answer of a version, if it gave one. */
    OptionalInt answerOf(long version) {
        return IntStream.range(0, versions.length)
                .filter(answer -> versions[answer] == version)
                .findFirst();
    }

    long version(int answer) {
        return versions[answer];
    }

    /** Number of the label that was answered. */
    int label(int answer) {
        return answers[answer];
    }

    float truthProbability(int answer) {
        return truthProbabilities[answer];
    }

    /**
     * The probability of the true label where the prediction tells it. Elsewhere, with the sign turned, the most that it
     * can have been: no more than the answer's, and no more than what the answer left over.
     */
    static float encode(JudgedAnswer answer) {
        Float known = answer.getTruthProbability();
        if (known != null) {
            return Math.max(SMALLEST, known);
        }
        float confidence = answer.getConfidence();
        return -Math.max(SMALLEST, Math.min(confidence, 1 - confidence));
    }

    boolean isRight(int answer) {
        return answers[answer] == truth;
    }
}
