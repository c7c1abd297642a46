package io.headwater.e2e.standby;

import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageLabelled;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the other services would write: images of two classes that are easy to tell apart, and their labels. */
final class LabelledEmbeddings implements AutoCloseable {
    private static final List<String> LABELS = List.of("ant", "bee");

    private final Topics topics;
    private final EventFormat format = EventFormat.singleObject();
    private final KafkaProducer<String, byte[]> producer;

    LabelledEmbeddings(String bootstrapServers, Topics topics) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    void send(int from, int to, String backbone, int dimension) {
        for (int i = from; i < to; i++) {
            int label = i % LABELS.size();
            Random random = new Random(i);
            float[] vector = new float[dimension];
            for (int d = 0; d < dimension; d++) {
                vector[d] = (float) (random.nextGaussian() + (d % LABELS.size() == label ? 0.3 : 0));
            }
            String id = "image-" + i;
            send(
                    topics.embeddings().name(),
                    id,
                    ImageEmbedded.class,
                    new ImageEmbedded(backbone, EmbeddingVector.toBytes(vector), Instant.now()));
            send(
                    topics.labels().name(),
                    id,
                    ImageLabelled.class,
                    new ImageLabelled(LABELS.get(label), "test", Instant.now()));
        }
        producer.flush();
    }

    private <T extends SpecificRecord> void send(String topic, String key, Class<T> type, T event) {
        var unused = producer.send(
                new ProducerRecord<>(topic, key, format.serializer(type).serialize(topic, event)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
