package io.headwater.trainer.precision;

import ai.onnxruntime.OrtException;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.evaluation.Answers;
import io.headwater.trainer.evaluation.MeanDifference;
import io.headwater.trainer.precision.RecentImages.Recent;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.LabelledRows;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Measures an int8 backbone beside the float32 one that it is made of. */
final class Comparison {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 5;
    private static final int PER_ROUND = 60;

    private final BackboneFile fp32;
    private final BackboneFile int8;
    private final Hyperparameters hyperparameters;

    Comparison(BackboneFile fp32, BackboneFile int8, Hyperparameters hyperparameters) {
        this.fp32 = fp32;
        this.int8 = int8;
        this.hyperparameters = hyperparameters;
    }

    /**
     * Takes some seconds.
     *
     * @param pictures that speed is measured over
     * @param labelled pictures whose label is known, of two classes at least
     * @param labels of images, by id
     */
    Int8Measures measure(List<ByteBuffer> pictures, List<Recent> labelled, Map<String, String> labels)
            throws OrtException {
        try (EmbeddingSession slow = new EmbeddingSession(fp32);
                EmbeddingSession fast = new EmbeddingSession(int8)) {
            double[] slowNanos = new double[ROUNDS];
            double[] fastNanos = new double[ROUNDS];
            nanos(slow, pictures, WARM_UP);
            nanos(fast, pictures, WARM_UP);
            for (int round = 0; round < ROUNDS; round++) {
                slowNanos[round] = nanos(slow, pictures, PER_ROUND);
                fastNanos[round] = nanos(fast, pictures, PER_ROUND);
            }
            Answers one = answers(slow, fp32.dimension(), labelled, labels);
            Answers other = answers(fast, int8.dimension(), labelled, labels);
            return new Int8Measures(
                    1e9 / median(slowNanos),
                    1e9 / median(fastNanos),
                    labelled.size(),
                    one.quality().getAccuracy(),
                    other.quality().getAccuracy(),
                    MeanDifference.of(numbers(other.right()), numbers(one.right())));
        }
    }

    private static double nanos(EmbeddingSession session, List<ByteBuffer> pictures, int count) throws OrtException {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            session.embed(pictures.get(i % pictures.size()));
        }
        return (double) (System.nanoTime() - start) / count;
    }

    private static double median(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Each image is answered by a head that was trained without it, all with the same penalty. */
    private Answers answers(EmbeddingSession session, int dimension, List<Recent> labelled, Map<String, String> labels)
            throws OrtException {
        EmbeddingMatrix embeddings = new EmbeddingMatrix(dimension);
        for (Recent picture : labelled) {
            embeddings.append(session.embed(picture.pixels()));
        }
        List<String> ids = labelled.stream().map(Recent::id).toList();
        List<String> truth = ids.stream().map(labels::get).toList();
        List<String> classes = truth.stream().distinct().sorted().toList();
        List<Float> grid = hyperparameters.l2Grid();
        float l2 = grid.get(grid.size() / 2);
        float[][] probabilities = new HeadTrainer(hyperparameters)
                .outOfFold(new LabelledRows(embeddings, truth, ids), classes, l2, Cancellation.NEVER)
                .probabilities();
        return new Answers(classes, probabilities, truth);
    }

    private static double[] numbers(boolean[] right) {
        return IntStream.range(0, right.length)
                .mapToDouble(i -> right[i] ? 1 : 0)
                .toArray();
    }
}
