package io.headwater.serde;

import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.net.URI;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Confluent wire format; registers the schema under the topic's name at its first use. */
final class RegistrySerializer<T extends SpecificRecord> implements Serializer<T> {
    private final AvroKafkaSerializer<T> serializer = new AvroKafkaSerializer<>();

    RegistrySerializer(URI registry) {
        serializer.configure(RegistryClient.configuration(registry), false);
    }

    @Override
    public byte[] serialize(String topic, T event) {
        if (event == null) {
            return null;
        }
        try {
            return serializer.serialize(topic, event);
        } catch (RuntimeException e) {
            throw RegistryClient.failure(
                    "a " + event.getSchema().getName() + " for topic '" + topic
                            + "' can't be encoded with the schema registry",
                    e);
        }
    }

    @Override
    public void close() {
        serializer.close();
    }
}
