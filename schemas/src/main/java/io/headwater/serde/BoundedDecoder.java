package io.headwater.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary encoding, and takes no memory for what can't be there. Avro's own decoder allocates whatever length
 * stands before a value, so that a damaged record of a few bytes would take gigabytes, and with them the service; this one
 * holds each length to the bytes that are left. An item of an array or a map takes at least one byte in all our events. And
 * what holds itself can be nested by as many bytes as a record has, until the stack is full: it holds arrays and maps in each
 * other to a depth that no event of ours comes near.
 */
final class BoundedDecoder extends Decoder {
    private static final int DEEPEST = 16;

    private final BinaryDecoder in;
    private int depth;

    /** Reads {@code bytes} from {@code offset} to their end. */
    BoundedDecoder(byte[] bytes, int offset) {
        this.in = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null);
    }

    private int bounded(long length) throws IOException {
        if (length < 0) {
            throw new AvroRuntimeException("a length is negative: " + length);
        }
        // Over an array the decoder's buffer is that array: what is available is all that is left.
        if (length > in.inputStream().available()) {
            throw new EOFException("a length is " + length + ", which is more than the "
                    + in.inputStream().available() + " bytes that are left");
        }
        return (int) length;
    }

    private long opened(long items) throws IOException {
        if (items != 0 && ++depth > DEEPEST) {
            throw new AvroRuntimeException("more than " + DEEPEST + " arrays or maps are nested in each other");
        }
        return bounded(items);
    }

    private long continued(long items) throws IOException {
        if (items == 0) {
            depth--;
        }
        return bounded(items);
    }

    private byte[] read() throws IOException {
        byte[] bytes = new byte[bounded(in.readLong())];
        in.readFixed(bytes);
        return bytes;
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(read());
    }

    @Override
    public String readString() throws IOException {
        return new String(read(), StandardCharsets.UTF_8);
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return ByteBuffer.wrap(read());
    }

    @Override
    public void skipString() throws IOException {
        skipBytes();
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipFixed(bounded(in.readLong()));
    }

    @Override
    public long readArrayStart() throws IOException {
        return opened(in.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return continued(in.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return in.skipArray();
    }

    @Override
    public long readMapStart() throws IOException {
        return opened(in.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return continued(in.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return in.skipMap();
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in.readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }
}
