package io.headwater.inference.v2.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a request in pooled direct memory, where ONNX Runtime reads the pixels without another copy. Filled by one
 * thread, then read by others. Closing gives the memory back: once, when nobody reads any more.
 */
public final class Body implements AutoCloseable {
    private final ByteBuf bytes;
    private ByteBuf numbers;

    /**
     * @param expected bytes that are announced; more makes it grow
     */
    public Body(int expected) {
        this.bytes = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(expected, 256));
    }

    /** Appends. */
    public void add(ByteBuf chunk) {
        bytes.writeBytes(chunk);
    }

    /** Bytes until now. */
    public int length() {
        return bytes.readableBytes();
    }

    /** The first {@code length} bytes. */
    InputStream json(int length) {
        return new ByteBufInputStream(bytes.slice(0, length));
    }

    /** What comes after the first {@code from} bytes, direct. */
    public ByteBuffer rest(int from) {
        return view(bytes, from, bytes.readableBytes() - from);
    }

    /** Memory for the numbers of a JSON tensor, emptied. */
    ByteBuf numbers() {
        if (numbers == null) {
            // A number takes at least two characters with its comma.
            numbers = PooledByteBufAllocator.DEFAULT.directBuffer(1 + length() / 2);
        }
        return numbers.clear();
    }

    /** The numbers that were written, direct. */
    ByteBuffer numbersRead() {
        return view(numbers, 0, numbers.readableBytes());
    }

    private static ByteBuffer view(ByteBuf buffer, int from, int length) {
        return buffer.nioBuffer(from, length).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        bytes.release();
        if (numbers != null) {
            numbers.release();
        }
    }
}
