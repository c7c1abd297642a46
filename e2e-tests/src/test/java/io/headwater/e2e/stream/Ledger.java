package io.headwater.e2e.stream;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageIngested;
import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicFollower;
import io.headwater.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the topics really hold: committed records only, read from the beginning at each question. */
final class Ledger implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Topics topics = new Topics("", 1, 1);
    private final Map<String, Object> kafka;
    private final KafkaProducer<String, byte[]> producer;

    Ledger(String bootstrapServers) {
        this.kafka = Map.of("bootstrap.servers", bootstrapServers);
        this.producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    /** Every prediction of each image, by image id. */
    Map<String, List<ImageClassified>> predictions() {
        return read(topics.predictions().name(), ImageClassified.class);
    }

    /** Every embedding of each image, by image id. */
    Map<String, List<ImageEmbedded>> embeddings() {
        return read(topics.embeddings().name(), ImageEmbedded.class);
    }

    /** Every record of each version, oldest first, by version. */
    Map<String, List<ModelPublished>> models() {
        return read(topics.models().name(), ModelPublished.class);
    }

    /** Every decision about the rollout, oldest first. */
    List<RolloutChanged> rollouts() {
        return read(topics.rollouts().name(), RolloutChanged.class).getOrDefault(Topics.ROLLOUT_KEY, List.of());
    }

    /** The normalised image, as it is in Kafka. */
    Optional<ImageIngested> image(String id) {
        return read(topics.images().name(), ImageIngested.class).getOrDefault(id, List.of()).stream()
                .findFirst();
    }

    /** Number of records in the dead-letter topic of {@code images}. */
    int deadImages() {
        return count(topics.deadLetters(topics.images()).name());
    }

    /** Puts bytes straight into {@code images}, past the front door. */
    void putIntoImages(String id, byte[] bytes) throws Exception {
        producer.send(new ProducerRecord<>(topics.images().name(), id, bytes)).get();
    }

    private int count(String topic) {
        int[] garbage = {0};
        try (var follower = new TopicFollower<>(
                kafka,
                topic,
                EventFormat.singleObject().deserializer(ImageIngested.class),
                entry -> garbage[0]++,
                (entry, reason) -> garbage[0]++)) {
            follower.replay(PATIENCE);
        }
        return garbage[0];
    }

    private <T extends SpecificRecord> Map<String, List<T>> read(String topic, Class<T> type) {
        Map<String, List<T>> found = new HashMap<>();
        try (var follower = new TopicFollower<T>(
                kafka,
                topic,
                EventFormat.singleObject().deserializer(type),
                entry -> entry.value().ifPresent(value -> found.computeIfAbsent(entry.key(), any -> new ArrayList<>())
                        .add(value)),
                (entry, reason) -> {})) {
            follower.replay(PATIENCE);
        }
        return found;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
