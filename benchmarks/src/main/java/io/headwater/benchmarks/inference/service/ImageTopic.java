package io.headwater.benchmarks.inference.service;

import io.headwater.events.ImageIngested;
import io.headwater.events.RolloutChanged;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Sends numbered images, partition by partition in turns, so that each has the same number. One thread uses it. */
final class ImageTopic implements AutoCloseable {
    private static final String ID = "image-";

    private final Topics topics;
    private final int partitions;
    private final List<byte[]> jpegs;
    private final EventFormat format = EventFormat.singleObject();
    private final Serializer<ImageIngested> serializer = format.serializer(ImageIngested.class);
    private final KafkaProducer<byte[], byte[]> producer;
    private int next;

    ImageTopic(String bootstrapServers, Topics topics, List<byte[]> jpegs) {
        this.topics = topics;
        this.partitions = topics.images().partitions();
        this.jpegs = jpegs;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The number that an image's id holds. */
    static int number(byte[] key) {
        return Integer.parseInt(new String(key, ID.length(), key.length - ID.length(), StandardCharsets.US_ASCII));
    }

    /** The number that the next image will have; they are counted from 0. */
    int next() {
        return next;
    }

    /** Sends one, without waiting for the acknowledgement. */
    @SuppressWarnings("FutureReturnValueIgnored") // the predictions are counted
    void send() {
        ImageIngested image = ImageIngested.newBuilder()
                .setJpeg(ByteBuffer.wrap(jpegs.get(next % jpegs.size())))
                .setWidth(0)
                .setHeight(0)
                .setSha256("0".repeat(64))
                .setSource("benchmark")
                .setIngestedAt(Instant.now())
                .build();
        String topic = topics.images().name();
        producer.send(new ProducerRecord<>(
                topic,
                next % partitions,
                (ID + next).getBytes(StandardCharsets.US_ASCII),
                serializer.serialize(topic, image)));
        next++;
    }

    /** Sends so many, and waits until the broker has them. */
    void fill(int count) {
        for (int i = 0; i < count; i++) {
            send();
        }
        producer.flush();
    }

    /** Tells the service what to serve. */
    @SuppressWarnings("FutureReturnValueIgnored") // flush() waits for it
    void publish(RolloutChanged rollout) {
        String topic = topics.rollouts().name();
        producer.send(new ProducerRecord<>(
                topic,
                Topics.ROLLOUT_KEY.getBytes(StandardCharsets.UTF_8),
                format.serializer(RolloutChanged.class).serialize(topic, rollout)));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
