package io.headwater.serde;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * {@link EventFormat} for clients that are configured by class name, such as SmallRye's channels: any event, in the
 * format that the property {@value EventFormat#SCHEMA_REGISTRY} chooses.
 */
public final class EventSerializer implements Serializer<SpecificRecord> {
    private final Map<Class<?>, Serializer<SpecificRecord>> serializers = new HashMap<>();
    private EventFormat format = EventFormat.singleObject();

    @Override
    public void configure(Map<String, ?> configuration, boolean isKey) {
        Object registry = configuration.get(EventFormat.SCHEMA_REGISTRY);
        if (registry != null && !registry.toString().isBlank()) {
            format = EventFormat.registry(URI.create(registry.toString()));
        }
    }

    // A producer is called by many threads, and a registry's serializer is for one at a time.
    @Override
    public synchronized byte[] serialize(String topic, SpecificRecord event) {
        if (event == null) {
            return null;
        }
        return serializers
                .computeIfAbsent(event.getClass(), type -> serializerFor(event))
                .serialize(topic, event);
    }

    @SuppressWarnings("unchecked") // the serializer made for the class of an event is only given events of that class
    private Serializer<SpecificRecord> serializerFor(SpecificRecord event) {
        return (Serializer<SpecificRecord>) format.serializer(event.getClass());
    }

    @Override
    public synchronized void close() {
        serializers.values().forEach(Serializer::close);
    }
}
