package io.headwater.benchmarks.training;

import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageLabelled;
import io.headwater.events.LabelledExample;
import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicFollower;
import io.headwater.topics.TopicSpec;
import io.headwater.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what the other services would write, and follows what the trainer makes of it. One thread uses it. */
final class LabelledStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration STEP = Duration.ofMillis(1);

    private final Topics topics = new Topics("", 4, 1);
    private final EventFormat format = EventFormat.singleObject();
    private final KafkaProducer<String, byte[]> producer;
    private final TopicFollower<LabelledExample> examples;
    private final TopicFollower<ModelPublished> models;
    private final TopicFollower<RolloutChanged> rollouts;
    private final Map<String, Instant> labelled = new HashMap<>();
    private final NavigableMap<Long, ModelPublished> versions = new TreeMap<>();
    private RolloutChanged rollout;

    LabelledStream(String bootstrapServers) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
        examples = new TopicFollower<>(
                kafka, topics.examples().name(), format.deserializer(LabelledExample.class), this::take, (a, b) -> {});
        models = new TopicFollower<>(
                kafka,
                topics.models().name(),
                format.deserializer(ModelPublished.class),
                entry -> entry.value().ifPresent(model -> versions.put(model.getVersion(), model)),
                (a, b) -> {});
        rollouts = new TopicFollower<>(
                kafka,
                topics.rollouts().name(),
                format.deserializer(RolloutChanged.class),
                entry -> entry.value().ifPresent(change -> rollout = change),
                (a, b) -> {});
        examples.replay(PATIENCE);
        models.replay(PATIENCE);
        rollouts.replay(PATIENCE);
    }

    private void take(TopicFollower.Entry<LabelledExample> entry) {
        labelled.put(entry.key(), Instant.ofEpochMilli(entry.timestamp()));
    }

    void embed(String id, String backbone, float[] vector) {
        send(
                topics.embeddings(),
                id,
                ImageEmbedded.class,
                new ImageEmbedded(backbone, EmbeddingVector.toBytes(vector), Instant.now()));
    }

    void label(String id, String label) {
        send(topics.labels(), id, ImageLabelled.class, new ImageLabelled(label, "benchmark", Instant.now()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // flush() waits for it
    private <T extends SpecificRecord> void send(TopicSpec topic, String id, Class<T> type, T event) {
        producer.send(
                new ProducerRecord<>(topic.name(), id, format.serializer(type).serialize(topic.name(), event)));
    }

    /** Waits until everything is acknowledged. */
    void flush() {
        producer.flush();
    }

    RolloutChanged rollout() {
        return rollout;
    }

    /** When the example of an image was written. */
    Instant exampleAt(String id) {
        await(() -> {
            examples.poll(STEP);
            return labelled.containsKey(id);
        });
        return labelled.get(id);
    }

    void awaitExamples(int count) {
        await(() -> {
            examples.poll(STEP);
            return labelled.size() >= count;
        });
    }

    /** Waits until a version that is wanted is rolled out. */
    ModelPublished awaitStable(Predicate<ModelPublished> wanted) {
        await(() -> {
            models.poll(STEP);
            rollouts.poll(STEP);
            return rollout.getStable() != null
                    && versions.containsKey(rollout.getStable().getVersion())
                    && wanted.test(versions.get(rollout.getStable().getVersion()));
        });
        return versions.get(rollout.getStable().getVersion());
    }

    /** Waits until there is a version that is made of so many examples. */
    void awaitVersion(long count) {
        await(() -> {
            models.poll(STEP);
            return versions.values().stream()
                    .anyMatch(model -> model.getExamples() + model.getHoldoutExamples() == count);
        });
    }

    /** Waits until no version has come for so long. */
    void awaitQuiet(Duration duration) {
        long[] since = {System.nanoTime()};
        await(() -> {
            if (models.poll(STEP) > 0) {
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > duration.toNanos();
        });
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not within " + PATIENCE);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        examples.close();
        models.close();
        rollouts.close();
    }
}
