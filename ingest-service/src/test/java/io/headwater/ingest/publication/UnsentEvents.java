package io.headwater.ingest.publication;

import io.headwater.config.StreamConfig;
import io.headwater.events.ImageIngested;
import io.headwater.events.ImageLabelled;
import io.headwater.serde.EventFormat;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Vetoed;
import java.util.Arrays;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** A publisher without Kafka: an event that can be written is acknowledged at once. */
@Vetoed // no bean, though its superclass is one
public final class UnsentEvents extends EventPublisher {
    private static final EventFormat FORMAT = EventFormat.singleObject();

    /** For topics that nobody has. */
    public UnsentEvents(StreamConfig stream) {
        super(null, null, stream, null, null);
    }

    @Override
    public Uni<Void> publish(String imageId, ImageIngested image) {
        return written(ImageIngested.class, image);
    }

    @Override
    public Uni<Void> publish(String imageId, ImageLabelled label) {
        return written(ImageLabelled.class, label);
    }

    @Override
    public Uni<Void> withdrawLabel(String imageId) {
        return Uni.createFrom().voidItem();
    }

    private static <T extends SpecificRecord> Uni<Void> written(Class<T> type, T event) {
        Serializer<T> serializer = FORMAT.serializer(type);
        byte[] bytes = serializer.serialize("", event);
        T read = FORMAT.deserializer(type).deserialize("", bytes);
        if (!Arrays.equals(serializer.serialize("", read), bytes)) {
            throw new AssertionError("an event is not what it was, once it is written");
        }
        return Uni.createFrom().voidItem();
    }
}
