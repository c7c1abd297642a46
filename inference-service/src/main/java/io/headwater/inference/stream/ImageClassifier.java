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
import io.headwater.inference.rollout.VersionTallies;
import io.headwater.inference.rollout.VersionTally;
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
    private static final long TIMED_EVERY_NANOS = 250_000_000;

    private final Serializer<ImageClassified> predictions;
    private final Serializer<ImageEmbedded> embeddings;
    private final String predictionsTopic;
    private final String embeddingsTopic;
    private final InferenceMetrics metrics;
    private final VersionTallies tallies;
    private final Clock clock;

    private float[] vector = new float[0];
    private VersionTally tally = VersionTally.NONE;
    private long timedAt;
    private int turn;

    ImageClassifier(EventFormat format, Topics topics, InferenceMetrics metrics, VersionTallies tallies, Clock clock) {
        this.predictions = format.serializer(ImageClassified.class);
        this.embeddings = format.serializer(ImageEmbedded.class);
        this.predictionsTopic = topics.predictions().name();
        this.embeddingsTopic = topics.embeddings().name();
        this.metrics = metrics;
        this.tallies = tallies;
        this.timedAt = System.nanoTime();
        this.clock = clock;
    }

    /**
     * Classifies one image. Where the canary has no answer for it, the stable version answers. If that has none either, or ONNX
     * Runtime fails on the backbone, it becomes {@link Outcome.Rejected}.
     *
     * @throws RuntimeException if something else is wrong (a schema registry is away): then trying again is right
     */
    Outcome classify(DecodedImage.Ready image, Generation generation) {
        long start = System.nanoTime();
        String imageId = image.imageId();
        Backbone backbone = generation.backbone();
        prepare(backbone);
        try {
            backbone.embed(image.pixels(), vector);
        } catch (IllegalArgumentException e) {
            // The model was tried when it was loaded, so it is this image that ONNX Runtime fails on.
            return new Outcome.Rejected(e.getMessage());
        }
        long embedded = System.nanoTime();
        Scores scores = generation.score(vector);
        count(generation, scores);
        Optional<Head> answering = answering(generation, imageId, scores);
        if (answering.isEmpty() && generation.stable().isPresent()) {
            return new Outcome.Rejected(
                    scores.failure().orElse("the stable version gives no probabilities for this image"));
        }
        List<ScoredLabel> top = answering
                .map(head -> Answer.top(head.labels(), scores.probabilities(head.version())))
                .orElse(List.of());
        List<ShadowAnswer> shadows = Answer.shadows(generation.shadows(), scores);
        long scored = System.nanoTime();
        metrics.stages(image.decodeNanos(), embedded - start, scored - embedded);
        time(generation, scored);
        StageTimings timings =
                new StageTimings(image.decodeNanos() / 1000, (embedded - start) / 1000, (scored - embedded) / 1000);
        Instant now = clock.instant();
        ImageClassified prediction = ImageClassified.newBuilder()
                .setGeneration(generation.number())
                .setVersion(answering.map(Head::version).orElse(null))
                .setLabel(top.isEmpty() ? null : top.get(0).getLabel())
                .setConfidence(top.isEmpty() ? 0 : top.get(0).getProbability())
                .setTop(top)
                .setCanary(answering.filter(generation::isCanary).isPresent())
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

    private static Optional<Head> answering(Generation generation, String imageId, Scores scores) {
        return generation
                .answering(imageId)
                .filter(head -> scores.isAnswer(head.version()))
                .or(() -> generation.stable().filter(head -> scores.isAnswer(head.version())));
    }

    private void count(Generation generation, Scores scores) {
        if (tally.generation() != generation.number()) {
            tally = tallies.open(generation);
        }
        for (int place = 0; place < tally.size(); place++) {
            tally.scored(place, scores.isAnswerIn(place));
        }
    }

    /** Where there are versions to compare: what each takes alone, now and then, so that it costs nothing that can be measured. */
    private void time(Generation generation, long now) {
        if (tally.size() > 1 && now - timedAt >= TIMED_EVERY_NANOS) {
            timedAt = now;
            turn = (turn + 1) % tally.size();
            generation.time(vector, turn, tally::took);
        }
    }

    private void prepare(Backbone backbone) {
        if (vector.length != backbone.dimension()) {
            vector = new float[backbone.dimension()];
        }
    }
}
