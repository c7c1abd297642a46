package io.headwater.ingest;

import io.headwater.serde.EventFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to a topic as another service would. */
public final class TopicWriter {
    private final String bootstrapServers;

    public TopicWriter(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Returns when the event is in the topic. */
    public <T extends SpecificRecord> void write(String topic, Class<T> type, String key, T event) throws Exception {
        try (KafkaProducer<String, T> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                EventFormat.singleObject().serializer(type))) {
            producer.send(new ProducerRecord<>(topic, key, event)).get(20, TimeUnit.SECONDS);
        }
    }
}
