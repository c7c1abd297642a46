package io.headwater.trainer.quality;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageLabelled;
import io.headwater.events.PredictionJudged;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import io.headwater.trainer.examples.CheckedEvents;
import java.time.Duration;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * Joins {@code predictions} with {@code labels} into {@code judgements}; either may come first. A corrected label
 * replaces the judgement, which remembers what it replaced; one that is taken back takes the judgement back.
 *
 * <p>It is prequential (Dawid, "Present position and potential developments", 1984): an answer is judged by a label that
 * the version which gave it can't have learnt. A version learns a label only beside its image's embedding, and the
 * embedding is written in the same transaction as the image's first prediction. So whatever version made that prediction
 * was trained before there was anything to learn the label from, no matter whether the label came before the prediction
 * (it travelled with the picture) or after it. Only the <em>first</em> prediction of an image is judged, therefore: when
 * a picture is sent again after the inference-service has forgotten it, a version that learnt it may answer, and that
 * answer is passed over. The first one is remembered even if no version gave it. It is forgotten when no label has come
 * within the window; a label that comes later still counts for training, so such a picture, labelled late and then sent
 * again, within a window of its label, is the one case in which an answer is judged that could have been learnt.
 *
 * <p>One stream of its own, beside that of the examples: it needs no backbone, so it works before there is one; and if
 * either fails or is rebuilt, the other goes on.
 */
final class JudgementsTopology {
    private JudgementsTopology() {}

    /**
     * The topology.
     *
     * @param window time between a prediction and its first label, either way, within which it is judged
     */
    static Topology of(Topics topics, EventFormat format, Duration window) {
        return new Topology()
                .addSource(
                        "read-predictions",
                        CheckedPredictions.keys(),
                        CheckedPredictions.values(format.deserializer(ImageClassified.class)),
                        topics.predictions().name())
                .addSource(
                        "read-labels",
                        new StringDeserializer(),
                        CheckedEvents.labels(format.deserializer(ImageLabelled.class)),
                        topics.labels().name())
                .addProcessor("predicted", () -> new PredictionProcessor(window), "read-predictions")
                .addProcessor("labelled", () -> new LabelProcessor(window), "read-labels")
                .addStateStore(Pairs.predictionStore(format), "predicted", "labelled")
                .addStateStore(Pairs.labelStore(format), "predicted", "labelled")
                .addStateStore(Pairs.correctedStore(format), "predicted", "labelled")
                .addSink(
                        "judge",
                        topics.judgements().name(),
                        new StringSerializer(),
                        format.serializer(PredictionJudged.class),
                        "predicted",
                        "labelled");
    }
}
