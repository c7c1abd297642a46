package io.headwater.serde;

import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.message.BadHeaderException;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads both formats of {@link EventFormat}, by their first byte. A fingerprint is looked up among all released schemas
 * of the type, so events of older releases are read as the present type.
 */
final class EventDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private static final int SINGLE_OBJECT = 0xC3;
    private static final int REGISTRY = 0x00;

    private final Class<T> type;
    private final SingleObjectDecoder<T> singleObject;
    private final Optional<RegistryDeserializer<T>> registry;

    EventDeserializer(Class<T> type, Optional<URI> registry) {
        this.type = type;
        SpecificData model = modelOf(type);
        Schema schema = model.getSchema(type);
        this.singleObject = new SingleObjectDecoder<>(model, schema, ReleasedSchemas.of(schema.getName()));
        this.registry = registry.map(address -> new RegistryDeserializer<>(type, address));
    }

    // Avro looks for the classes of records where Avro itself is, which in a container may not be where the events are.
    private static SpecificData modelOf(Class<?> type) {
        SpecificData model = new SpecificData(type.getClassLoader());
        SpecificData.getForClass(type).getConversions().forEach(model::addLogicalTypeConversion);
        return model;
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length == 0) {
            throw new EventFormatException(expected(topic) + ", but the record is empty");
        }
        return switch (bytes[0] & 0xFF) {
            case SINGLE_OBJECT -> decode(topic, bytes);
            case REGISTRY ->
                registry.orElseThrow(() -> new EventFormatException(expected(topic)
                                + " in Avro single-object encoding, but the record seems to be in the Confluent wire format;"
                                + " set " + EventFormat.SCHEMA_REGISTRY + " to read it"))
                        .deserialize(topic, bytes);
            default ->
                throw new EventFormatException(expected(topic) + ", but the record begins with " + beginning(bytes));
        };
    }

    private T decode(String topic, byte[] bytes) {
        try {
            return singleObject.decode(bytes);
        } catch (MissingSchemaException e) {
            throw new EventFormatException(
                    expected(topic) + ", but the record has a schema that this release does not know ("
                            + beginning(bytes) + ")",
                    e);
        } catch (BadHeaderException e) {
            throw new EventFormatException(expected(topic) + ", but the record begins with " + beginning(bytes), e);
        } catch (IOException | RuntimeException e) {
            // Avro's decoders throw whatever the bytes lead them to, from EOF to an index out of bounds.
            throw new EventFormatException(expected(topic) + ", but the data is damaged: " + e, e);
        }
    }

    private String expected(String topic) {
        return "topic '" + topic + "' should hold " + type.getSimpleName();
    }

    private static String beginning(byte[] bytes) {
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 10));
    }

    @Override
    public void close() {
        registry.ifPresent(RegistryDeserializer::close);
    }
}
