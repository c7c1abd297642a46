package io.headwater.inference.stream;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageIngested;
import io.headwater.events.ScoredLabel;
import io.headwater.events.ShadowAnswer;
import io.headwater.events.StageTimings;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Head;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.picture.UnreadableImageException;
import io.headwater.inference.rollout.Generation;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.serde.EventFormatException;
import io.headwater.topics.Topics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** The work on one image: bytes to pixels to embedding to answers. One per thread: it keeps buffers. */
final class ImageClassifier {
    private final Deserializer<ImageIngested> images;
    private final Serializer<ImageClassified> predictions;
    private final Serializer<ImageEmbedded> embeddings;
    private final String predictionsTopic;
    private final String embeddingsTopic;
    private final InferenceMetrics metrics;
    private final Clock clock;

    private Pixels pixels = new Pixels(1);
    private float[] vector = new float[0];
    private ByteBuffer direct = ByteBuffer.allocateDirect(0);

    ImageClassifier(EventFormat format, Topics topics, InferenceMetrics metrics, Clock clock) {
        this.images = format.deserializer(ImageIngested.class);
        this.predictions = format.serializer(ImageClassified.class);
        this.embeddings = format.serializer(ImageEmbedded.class);
        this.predictionsTopic = topics.predictions().name();
        this.embeddingsTopic = topics.embeddings().name();
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Classifies one record. What is wrong with the record becomes {@link Outcome.Rejected}.
     *
     * @throws RuntimeException if something else is wrong (a schema registry is away): then trying again is right
     */
    Outcome classify(ConsumerRecord<byte[], byte[]> entry, Generation generation) {
        if (entry.key() == null) {
            return new Outcome.Rejected("the record has no key, which should be the image id");
        }
        if (entry.value() == null) {
            return new Outcome.Rejected("the record has no value");
        }
        String imageId = new String(entry.key(), StandardCharsets.UTF_8);
        try {
            ImageIngested image = images.deserialize(entry.topic(), entry.value());
            return classify(imageId, image, generation);
        } catch (EventFormatException | UnreadableImageException e) {
            return new Outcome.Rejected(e.getMessage());
        }
    }

    private Outcome classify(String imageId, ImageIngested image, Generation generation)
            throws UnreadableImageException {
        long start = System.nanoTime();
        Backbone backbone = generation.backbone();
        prepare(backbone);
        ByteBuffer input = pixels.read(bytes(image.getJpeg()));
        long decoded = System.nanoTime();
        List<ScoredLabel> top;
        List<ShadowAnswer> shadows;
        Optional<Head> answering = generation.answering(imageId);
        long embedded;
        try {
            backbone.embed(input, vector);
            embedded = System.nanoTime();
            direct.clear().asFloatBuffer().put(vector);
            top = answering
                    .map(head -> Answer.top(head.labels(), head.score(direct)))
                    .orElse(List.of());
            shadows = shadows(generation);
        } catch (IllegalArgumentException e) {
            // The model was tried when it was loaded, so it is this image that ONNX Runtime fails on.
            return new Outcome.Rejected(e.getMessage());
        }
        long scored = System.nanoTime();
        metrics.stages(decoded - start, embedded - decoded, scored - embedded);
        StageTimings timings =
                new StageTimings((decoded - start) / 1000, (embedded - decoded) / 1000, (scored - embedded) / 1000);
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
                .setIngestedAt(image.getIngestedAt())
                .setClassifiedAt(now)
                .build();
        ImageEmbedded embedding = new ImageEmbedded(backbone.id(), EmbeddingVector.toBytes(vector), now);
        return new Outcome.Classified(
                predictions.serialize(predictionsTopic, prediction),
                embeddings.serialize(embeddingsTopic, embedding),
                answering.isPresent());
    }

    private List<ShadowAnswer> shadows(Generation generation) {
        List<ShadowAnswer> answers = new ArrayList<>();
        for (Head head : generation.shadows()) {
            answers.add(Answer.shadow(head, head.score(direct)));
        }
        return answers;
    }

    private void prepare(Backbone backbone) {
        if (pixels.size() != backbone.inputSize()) {
            pixels = new Pixels(backbone.inputSize());
        }
        if (vector.length != backbone.dimension()) {
            vector = new float[backbone.dimension()];
            direct = ByteBuffer.allocateDirect(vector.length * Float.BYTES).order(ByteOrder.nativeOrder());
        }
    }

    private static byte[] bytes(ByteBuffer jpeg) {
        if (jpeg.hasArray() && jpeg.arrayOffset() == 0 && jpeg.remaining() == jpeg.array().length) {
            return jpeg.array();
        }
        byte[] copy = new byte[jpeg.remaining()];
        jpeg.duplicate().get(copy);
        return copy;
    }
}
