package io.headwater.serde;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import java.net.URI;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the Confluent wire format; asks the registry once for each schema id. A registry that is away is no fault of the
 * record: {@link RegistryUnavailableException}.
 */
final class RegistryDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private final Class<T> type;
    private final AvroKafkaDeserializer<T> deserializer = new AvroKafkaDeserializer<>();

    RegistryDeserializer(Class<T> type, URI registry) {
        this.type = type;
        deserializer.configure(RegistryClient.configuration(registry), false);
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        Object event;
        try {
            event = deserializer.deserialize(topic, bytes);
        } catch (RuntimeException e) {
            throw RegistryClient.failure(
                    "topic '" + topic + "' should hold " + type.getSimpleName()
                            + ", but the record can't be read with the schema registry",
                    e);
        }
        if (!type.isInstance(event)) {
            throw new EventFormatException("topic '" + topic + "' should hold " + type.getSimpleName()
                    + ", but the record is a " + event.getClass().getSimpleName());
        }
        return type.cast(event);
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
