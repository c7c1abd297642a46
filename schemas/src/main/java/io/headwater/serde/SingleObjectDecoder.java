package io.headwater.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.message.BadHeaderException;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.specific.SpecificData;

/**
 * Reads Avro single-object encoding, as Avro's own {@code BinaryMessageDecoder} does but with a {@link BoundedDecoder}.
 * Thread safe.
 */
final class SingleObjectDecoder<T> {
    private static final int HEADER = 10;
    private static final short MARK = (short) 0xC301;

    private final Map<Long, DatumReader<T>> readers = new HashMap<>();

    /**
     * Reads events as they are in {@code present}.
     *
     * @param written schemas that they may have been written with, beside the present one
     */
    @SuppressWarnings("unchecked") // a reader of whatever the schema is
    SingleObjectDecoder(SpecificData model, Schema present, Iterable<Schema> written) {
        for (Schema schema : written) {
            readers.put(SchemaNormalization.parsingFingerprint64(schema), (DatumReader<T>)
                    model.createDatumReader(schema, present));
        }
        readers.put(SchemaNormalization.parsingFingerprint64(present), (DatumReader<T>)
                model.createDatumReader(present, present));
    }

    /** Throws what the bytes lead Avro to, from EOF to an index out of bounds. */
    T decode(byte[] bytes) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER || header.getShort() != MARK) {
            throw new BadHeaderException("no single-object encoding");
        }
        long fingerprint = header.order(ByteOrder.LITTLE_ENDIAN).getLong();
        DatumReader<T> reader = readers.get(fingerprint);
        if (reader == null) {
            throw new MissingSchemaException("no schema has the fingerprint " + Long.toHexString(fingerprint));
        }
        return reader.read(null, new BoundedDecoder(bytes, HEADER));
    }
}
