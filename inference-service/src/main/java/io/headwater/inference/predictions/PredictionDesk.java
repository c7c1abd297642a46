package io.headwater.inference.predictions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.config.StreamConfig;
import io.headwater.events.ImageClassified;
import io.headwater.events.ImageIngested;
import io.headwater.inference.stream.CommitListener;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.Deserializer;

/** The newest predictions of this instance, for those who ask and those who listen. */
@Singleton
public class PredictionDesk {
    private final RecentPredictions recent;
    private final PredictionStream stream;
    private final Topics topics;
    private final Deserializer<ImageClassified> predictions;
    private final Deserializer<ImageIngested> images;
    private final ObjectMapper json;

    @Inject
    PredictionDesk(PredictionsConfig config, StreamConfig stream, ObjectMapper json) {
        this(config.toSettings(), stream.toTopics(), stream.toFormat(), json);
    }

    PredictionDesk(RecentSettings settings, Topics topics, EventFormat format, ObjectMapper json) {
        this.recent = new RecentPredictions(settings);
        this.topics = topics;
        this.predictions = format.deserializer(ImageClassified.class);
        this.images = format.deserializer(ImageIngested.class);
        this.json = json;
        this.stream = new PredictionStream(recent, this::read, settings.clients());
    }

    /** Where the pipeline tells what it has committed. */
    public CommitListener listener() {
        return recent;
    }

    /** Those who listen. */
    PredictionStream stream() {
        return stream;
    }

    Optional<Prediction> of(String imageId) {
        return recent.of(imageId).map(this::read);
    }

    /** The newest ones, the newest first. */
    List<Prediction> newest(int most) {
        return recent.newest(most).stream().map(this::read).toList();
    }

    /** The normalised JPEG of an image, as it was classified. */
    Optional<byte[]> picture(String imageId) {
        return recent.of(imageId)
                .flatMap(Recent::image)
                .map(event -> images.deserialize(topics.images().name(), event).getJpeg())
                .map(PredictionDesk::bytes);
    }

    /** Where the images of this id are, as producers choose the partition by default. */
    int partitionOf(String imageId) {
        return BuiltInPartitioner.partitionForKey(
                imageId.getBytes(StandardCharsets.UTF_8), topics.images().partitions());
    }

    String toJson(Prediction prediction) {
        try {
            return json.writeValueAsString(prediction);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Prediction read(Recent one) {
        return Prediction.of(one, predictions.deserialize(topics.predictions().name(), one.prediction()));
    }

    private static byte[] bytes(ByteBuffer jpeg) {
        byte[] copy = new byte[jpeg.remaining()];
        jpeg.duplicate().get(copy);
        return copy;
    }

    @PreDestroy
    void close() {
        stream.close();
    }
}
