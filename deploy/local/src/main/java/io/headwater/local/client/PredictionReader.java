package io.headwater.local.client;

import io.headwater.events.ImageClassified;
import io.headwater.serde.EventFormat;
import io.headwater.serde.EventFormatException;
import io.headwater.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the predictions that come after it was made; committed ones only. Not thread-safe. */
public final class PredictionReader implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final String topic = new Topics("", 1, 1).predictions().name();
    private final Deserializer<ImageClassified> deserializer =
            EventFormat.singleObject().deserializer(ImageClassified.class);
    private final KafkaConsumer<String, byte[]> consumer;

    /**
     * Notes where the topic ends now.
     *
     * @param bootstrapServers Kafka's address
     * @throws KafkaAwayException when it does not answer, or has no such topic
     */
    public PredictionReader(String bootstrapServers) {
        this(Map.of("bootstrap.servers", bootstrapServers));
    }

    /**
     * Notes where the topic ends now.
     *
     * @param kafka settings of the client: where Kafka is, and what it asks for
     * @throws KafkaAwayException when it does not answer, or has no such topic
     */
    public PredictionReader(Map<String, Object> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        config.put("default.api.timeout.ms", (int) CONNECT.toMillis());
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, CONNECT).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new TimeoutException("no topic " + topic);
            }
            consumer.assign(partitions);
            // Asking for the position makes the lazy seek happen now and not at the first poll.
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        } catch (TimeoutException e) {
            consumer.close();
            throw new KafkaAwayException(String.valueOf(kafka.get("bootstrap.servers")), e);
        }
    }

    /** What has come since the last call, waiting for it at most that long. */
    public List<Prediction> poll(Duration wait) {
        List<Prediction> found = new ArrayList<>();
        consumer.poll(wait).forEach(polled -> {
            try {
                ImageClassified event = deserializer.deserialize(topic, polled.value());
                if (event != null && polled.key() != null) {
                    found.add(Prediction.of(polled.key(), event));
                }
            } catch (EventFormatException e) {
                // Something that is no prediction: nobody waits for it.
            }
        });
        return found;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
