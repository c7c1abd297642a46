package io.headwater.trainer.export;

import io.headwater.trainer.training.TrainedHead;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.EmbeddingRows;
import java.util.Random;

/**
 * Loads what was exported in ONNX Runtime and compares it with PyTorch, before anybody else sees it: the head on
 * embeddings of the training set, the whole model on generated images.
 */
public final class ExportCheck {
    /** Largest difference of a probability that is taken for rounding. */
    public static final double TOLERANCE = 1e-5;

    private static final int IMAGES = 2;
    private static final int TRAINING_ROWS = 256;

    private ExportCheck() {}

    /**
     * The largest difference between ONNX Runtime's and PyTorch's probabilities.
     *
     * @throws ExportException if it is above {@link #TOLERANCE}, or a file does not load
     */
    public static double verify(
            byte[] headFile,
            byte[] modelFile,
            TrainedHead trained,
            EmbeddingRows holdout,
            EmbeddingRows train,
            int inputSize) {
        double worst = 0;
        try (OnnxModel head = new OnnxModel(headFile)) {
            for (EmbeddingRows rows : new EmbeddingRows[] {holdout, train.first(TRAINING_ROWS)}) {
                worst = Math.max(worst, distance("head.onnx", trained.probabilities(rows), head.probabilities(rows)));
            }
        }
        try (OnnxModel model = new OnnxModel(modelFile)) {
            OnnxModel.Answer answer = model.classify(pixels(inputSize), inputSize);
            EmbeddingMatrix embeddings = new EmbeddingMatrix(holdout.dimension());
            for (float[] embedding : answer.embedding()) {
                embeddings.append(embedding);
            }
            return Math.max(worst, distance("model.onnx", trained.probabilities(embeddings), answer.probabilities()));
        }
    }

    private static double distance(String file, float[][] expected, float[][] actual) {
        double worst = 0;
        for (int row = 0; row < expected.length; row++) {
            for (int c = 0; c < expected[row].length; c++) {
                double difference = Math.abs((double) expected[row][c] - actual[row][c]);
                // Not-a-number compares as neither more nor less.
                if (!(difference <= TOLERANCE)) {
                    throw new ExportException(file + " gives probability " + actual[row][c] + " where PyTorch gives "
                            + expected[row][c] + ", further apart than " + TOLERANCE);
                }
                worst = Math.max(worst, difference);
            }
        }
        return worst;
    }

    /** Blocks of random colours: pictures with edges and surfaces, unlike plain noise. */
    private static byte[] pixels(int size) {
        Random random = new Random(7);
        int block = Math.max(1, size / 7);
        byte[] pixels = new byte[IMAGES * size * size * 3];
        byte[] colours = new byte[(size / block + 1) * 3];
        int at = 0;
        for (int y = 0; y < IMAGES * size; y++) {
            if (y % block == 0) {
                random.nextBytes(colours);
            }
            for (int x = 0; x < size; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    pixels[at++] = colours[x / block * 3 + channel];
                }
            }
        }
        return pixels;
    }
}
