package io.headwater.trainer.drift;

import io.headwater.events.ModelPublished;
import io.headwater.trainer.embeddings.Projection;
import io.headwater.trainer.trainingset.EmbeddingRows;
import java.time.Instant;
import java.util.function.Function;

/**
 * The images that windows are compared with: those that a version was measured on. How they are scaled and how wide the kernel
 * is comes from other images, those that it was trained on: measured on the reference, they would fit it better than any
 * window, and every window would look different ({@link MeanDiscrepancy}).
 */
final class Reference {
    private static final int DIMENSIONS = 32;
    private static final long SEED = 1;

    private final ModelPublished version;
    private final Projection projection;
    private final FourierFeatures fourier;
    private final float[][] features;
    private final float[][] answers;

    /**
     * @param scaling images of neither the reference nor any window; at least two
     * @param images at least two
     * @param answers what the version says of images: {@code [N][C]}
     */
    Reference(
            ModelPublished version,
            EmbeddingRows scaling,
            EmbeddingRows images,
            Function<EmbeddingRows, float[][]> answers) {
        this.version = version;
        projection = Projection.of(scaling, DIMENSIONS, SEED);
        fourier = new FourierFeatures(projection.of(scaling), SEED);
        features = fourier.of(projection.of(images));
        this.answers = answers.apply(images);
    }

    boolean isOf(ModelPublished other) {
        return version.getVersion() == other.getVersion();
    }

    /** The same window gives the same result. */
    WindowResult compare(
            EmbeddingRows window,
            Instant from,
            Instant to,
            Function<EmbeddingRows, float[][]> head,
            double falseAlarmRate) {
        MeanDiscrepancy discrepancy =
                MeanDiscrepancy.of(features, fourier.of(projection.of(window)), from.toEpochMilli());
        return new WindowResult(
                from,
                to,
                window.rows(),
                version.getVersion(),
                features.length,
                discrepancy.statistic(),
                discrepancy.p(),
                discrepancy.p() <= falseAlarmRate,
                AnswerShares.of(version.getLabels(), answers, head.apply(window)));
    }
}
