package io.headwater.ingest.intake;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The bytes of one image as they come: never more than {@code headwater.intake.max-bytes}, and none without room for it.
 * Room is taken for what has come and not for what was announced, or a few slow clients could have it all.
 */
public final class BoundedBytes extends OutputStream {
    private static final int FIRST = 64 * 1024;

    private final int largest;
    private final int expected;
    private final InFlightBytes.Lease room;
    private byte[] bytes = {};
    private int size;

    /**
     * Nothing yet.
     *
     * @param largest bytes that are taken
     * @param expected how many there will be, if that is known; else 0. With the right number nothing is copied at the end
     * @param room that they take
     */
    public BoundedBytes(long largest, long expected, InFlightBytes.Lease room) {
        this.largest = (int) Math.min(Integer.MAX_VALUE - 8, largest);
        this.expected = (int) Math.min(Math.max(0, expected), this.largest);
        this.room = room;
    }

    @Override
    public void write(int one) {
        ensure(size + 1L);
        bytes[size++] = (byte) one;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        ensure((long) size + length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /**
     * Takes all that is in a stream.
     *
     * @throws ProblemException (413) after the first byte too many; (503) if there is no room
     */
    public BoundedBytes readFrom(InputStream source) throws IOException {
        while (true) {
            if (size == bytes.length) {
                int next = source.read();
                if (next < 0) {
                    return this;
                }
                write(next);
            }
            int read = source.read(bytes, size, bytes.length - size);
            if (read < 0) {
                return this;
            }
            size += read;
        }
    }

    private void ensure(long needed) {
        if (needed <= bytes.length) {
            return;
        }
        if (needed > largest) {
            throw new ProblemException(
                    ProblemKind.TOO_LARGE,
                    "an image may have at most " + largest + " bytes (headwater.intake.max-bytes)");
        }
        long doubled = Math.max(FIRST, bytes.length * 2L);
        long capacity = needed <= expected ? Math.min(doubled, expected) : doubled;
        capacity = Math.min(largest, Math.max(needed, capacity));
        room.growTo(capacity);
        bytes = Arrays.copyOf(bytes, (int) capacity);
    }

    /** What has come: the buffer itself if it is full. */
    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
