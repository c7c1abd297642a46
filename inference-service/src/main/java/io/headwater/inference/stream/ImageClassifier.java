package io.headwater.inference.stream;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.ScoredLabel;
import io.headwater.events.ShadowAnswer;
import io.headwater.events.StageTimings;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Head;
import io.headwater.inference.model.Scores;
import io.headwater.inference.rollout.Generation;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;

/** The second stage: pixels to embedding to answers. One per thread: it keeps buffers. */
final class ImageClassifier {
    private final Serializer<ImageClassified> predictions;
    private final Serializer<ImageEmbedded> embeddings;
    private final String predictionsTopic;
    private final String embeddingsTopic;
    private final InferenceMetrics metrics;
    private final Clock clock;

    private float[] vector = new float[0];

    ImageClassifier(EventFormat format, Topics topics, InferenceMetrics metrics, Clock clock) {
        this.predictions = format.serializer(ImageClassified.class);
        this.embeddings = format.serializer(ImageEmbedded.class);
        this.predictionsTopic = topics.predictions().name();
        this.embeddingsTopic = topics.embeddings().name();
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Classifies one image. If ONNX Runtime fails on it, it becomes {@link Outcome.Rejected}.
     *
     * @throws RuntimeException if something else is wrong (a schema registry is away): then trying again is right
     */
    Outcome classify(DecodedImage.Ready image, Generation generation) {
        long start = System.nanoTime();
        String imageId = image.imageId();
        Backbone backbone = generation.backbone();
        prepare(backbone);
        List<ScoredLabel> top;
        List<ShadowAnswer> shadows;
        Optional<Head> answering = generation.answering(imageId);
        long embedded;
        try {
            backbone.embed(image.pixels(), vector);
            embedded = System.nanoTime();
            Scores scores = generation.score(vector);
            top = answering
                    .map(head -> Answer.top(head.labels(), scores.probabilities(head.version())))
                    .orElse(List.of());
            shadows = Answer.shadows(generation.shadows(), scores);
        } catch (IllegalArgumentException e) {
            // The model was tried when it was loaded, so it is this image that ONNX Runtime fails on.
            return new Outcome.Rejected(e.getMessage());
        }
        long scored = System.nanoTime();
        metrics.stages(image.decodeNanos(), embedded - start, scored - embedded);
        StageTimings timings =
                new StageTimings(image.decodeNanos() / 1000, (embedded - start) / 1000, (scored - embedded) / 1000);
        Instant now = clock.instant();
        ImageClassified prediction = ImageClassified.newBuilder()
                .setGeneration(generation.number())
                .setVersion(answering.map(Head::version).orElse(null))
                .setLabel(top.isEmpty() ? null : top.get(0).getLabel())
                .setConfidence(top.isEmpty() ? 0 : top.get(0).getProbability())
                .setTop(top)
                .setCanary(generation.canaryAnswers(imageId))
                .setShadows(shadows)
                .setTimings(timings)
                .setIngestedAt(image.ingestedAt())
                .setClassifiedAt(now)
                .build();
        ImageEmbedded embedding = new ImageEmbedded(backbone.id(), EmbeddingVector.toBytes(vector), now);
        return new Outcome.Classified(
                predictions.serialize(predictionsTopic, prediction),
                embeddings.serialize(embeddingsTopic, embedding),
                answering.isPresent());
    }

    private void prepare(Backbone backbone) {
        if (vector.length != backbone.dimension()) {
            vector = new float[backbone.dimension()];
        }
    }
}
