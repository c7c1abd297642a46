package io.headwater.serde;

import java.net.URI;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How events become bytes. Two ways, told apart by the first byte, so that a reader takes both:
 *
 * <ul>
 *   <li>Avro single-object encoding ({@code C3 01}, the schema's 64-bit fingerprint, the data): needs nothing but this
 *       module, which knows every schema that was ever released;
 *   <li>the Confluent wire format ({@code 00}, the 32-bit id that a schema registry gave, the data): written when there
 *       is a registry, and readable only with it.
 * </ul>
 *
 * Serializers and deserializers are thread safe with single-object encoding; with a registry, each thread needs its own.
 */
public final class EventFormat {
    /** Configuration key of the registry's address. */
    public static final String SCHEMA_REGISTRY = "headwater.schema-registry";

    private final Optional<URI> registry;

    private EventFormat(Optional<URI> registry) {
        this.registry = registry;
    }

    /** Avro single-object encoding. */
    public static EventFormat singleObject() {
        return new EventFormat(Optional.empty());
    }

    /**
     * Confluent wire format.
     *
     * @param registry address of the registry's Apicurio API (http://localhost:8085/apis/registry/v3)
     */
    public static EventFormat registry(URI registry) {
        if (registry.getScheme() == null || !registry.getScheme().startsWith("http")) {
            throw new IllegalArgumentException(SCHEMA_REGISTRY + " is '" + registry
                    + "', but must be an http or https address, such as http://localhost:8085/apis/registry/v3");
        }
        return new EventFormat(Optional.of(registry));
    }

    /** Writes events of a type; a null event is a tombstone and stays null. */
    public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
        if (registry.isPresent()) {
            return new RegistrySerializer<>(registry.get());
        }
        return new SingleObjectSerializer<>(type);
    }

    /**
     * Reads events of a type; null stays null. What is not such an event throws {@link EventFormatException}.
     */
    public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        return new EventDeserializer<>(type, registry);
    }

    /** Both. */
    public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return Serdes.serdeFrom(serializer(type), deserializer(type));
    }
}
