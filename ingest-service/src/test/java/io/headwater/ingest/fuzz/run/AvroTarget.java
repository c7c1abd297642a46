package io.headwater.ingest.fuzz.run;

import static io.headwater.ingest.fuzz.FuzzTarget.require;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageIngested;
import io.headwater.events.ImageLabelled;
import io.headwater.events.InstanceReported;
import io.headwater.events.LabelledExample;
import io.headwater.events.ModelPublished;
import io.headwater.events.PredictionJudged;
import io.headwater.events.QualityMeasured;
import io.headwater.events.RolloutChanged;
import io.headwater.ingest.fuzz.FuzzTarget;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.serde.EventFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Any bytes are a record of any topic. The first byte chooses the event and the schema that it is written with, the
 * present one or a released one, whose fingerprint is put before the rest; or nothing is put before it.
 */
final class AvroTarget implements FuzzTarget {
    private static final String TOPIC = "fuzz";
    /** A judgement may have some in it, and those others. */
    private static final int DEEPEST = 4;

    private static final List<Class<? extends SpecificRecord>> TYPES = List.of(
            ImageIngested.class,
            ImageLabelled.class,
            ImageEmbedded.class,
            ImageClassified.class,
            LabelledExample.class,
            ModelPublished.class,
            RolloutChanged.class,
            InstanceReported.class,
            QualityMeasured.class,
            PredictionJudged.class);

    private final List<Reader<?>> readers = new ArrayList<>();

    AvroTarget() {
        EventFormat format = EventFormat.singleObject();
        for (Class<? extends SpecificRecord> type : TYPES) {
            readers.add(reader(format, type, new byte[0], schema(type)));
            for (Schema schema : schemas(type)) {
                readers.add(reader(format, type, header(schema), schema));
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Reader<T extends SpecificRecord>(
            Class<T> type, byte[] header, Schema written, Serializer<T> serializer, Deserializer<T> deserializer) {
        void take(byte[] input) {
            byte[] record = Arrays.copyOf(header, header.length + input.length - 1);
            System.arraycopy(input, 1, record, header.length, input.length - 1);
            try {
                T event = deserializer.deserialize(TOPIC, record);
                byte[] written = serializer.serialize(TOPIC, event);
                byte[] again = serializer.serialize(TOPIC, deserializer.deserialize(TOPIC, written));
                // The entries of a map may change places.
                require(again.length == written.length, "an event that is written again is the same: " + type);
                if (event instanceof ImageEmbedded embedded) {
                    EmbeddingVector.dimension(embedded.getVector());
                }
            } catch (EventFormatException e) {
                require(e.getMessage() != null, "a reason");
            }
        }
    }

    private static <T extends SpecificRecord> Reader<T> reader(
            EventFormat format, Class<T> type, byte[] header, Schema written) {
        return new Reader<>(type, header, written, format.serializer(type), format.deserializer(type));
    }

    private static Schema schema(Class<? extends SpecificRecord> type) {
        return new SpecificData(type.getClassLoader()).getSchema(type);
    }

    private static List<Schema> schemas(Class<? extends SpecificRecord> type) {
        List<Schema> schemas = new ArrayList<>(List.of(schema(type)));
        String released = "/released/0.1/" + type.getSimpleName() + ".avsc";
        try (InputStream json = EventFormat.class.getResourceAsStream(released)) {
            if (json != null) {
                schemas.add(new Schema.Parser().parse(json));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schemas;
    }

    private static byte[] header(Schema schema) {
        return ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new TreeMap<>();
        for (int i = 0; i < readers.size(); i++) {
            Reader<?> reader = readers.get(i);
            byte[] body = body(reader.written());
            byte[] seed = new byte[1 + body.length];
            seed[0] = (byte) i;
            System.arraycopy(body, 0, seed, 1, body.length);
            seeds.put(i + "-" + reader.type().getSimpleName(), seed);
        }
        return seeds;
    }

    /** Some event of a schema, all its parts there. */
    private static byte[] body(Schema schema) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema, new GenericData()).write(some(schema, 0), encoder);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object some(Schema schema, int depth) {
        return switch (schema.getType()) {
            case RECORD -> {
                GenericData.Record made = new GenericData.Record(schema);
                schema.getFields().forEach(field -> made.put(field.pos(), some(field.schema(), depth + 1)));
                yield made;
            }
            case ARRAY -> depth > DEEPEST ? List.of() : List.of(some(schema.getElementType(), depth));
            case MAP -> Map.of("a", some(schema.getValueType(), depth));
            case UNION -> some(schema.getTypes().get(schema.getTypes().size() - 1), depth);
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(0));
            case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
            case STRING -> "tulip";
            case BYTES -> ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3f});
            case INT -> 7;
            case LONG -> 1_700_000_000_000L;
            case FLOAT -> 0.5f;
            case DOUBLE -> 0.25;
            case BOOLEAN -> true;
            case NULL -> null;
        };
    }

    @Override
    public void take(byte[] input) {
        if (input.length > 0) {
            readers.get((input[0] & 0xFF) % readers.size()).take(input);
        }
    }
}
