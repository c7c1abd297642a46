package io.headwater.ingest.batch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream of which only so much may be read as has been allowed, for readers that would take whatever a header
 * announces. Remembers its last bytes, in which an archive has its end mark.
 */
public final class GuardedStream extends FilterInputStream {
    private final byte[] tail;
    private long read;
    private long allowed = Long.MAX_VALUE;
    private String what = "";

    /**
     * Everything is allowed at first.
     *
     * @param tail bytes that are remembered
     */
    public GuardedStream(InputStream in, int tail) {
        super(in);
        this.tail = new byte[tail];
    }

    /** Allows so many more bytes, which are for {@code what}. */
    public void allow(long bytes, String what) {
        allowed = bytes > Long.MAX_VALUE - read ? Long.MAX_VALUE : read + bytes;
        this.what = what;
    }

    /** Bytes that have been read. */
    public long count() {
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (read >= allowed) {
            throw new IOException(what + " is too long");
        }
        int count = in.read(bytes, offset, (int) Math.min(length, allowed - read));
        if (count > 0) {
            remember(bytes, offset, count);
        }
        return count;
    }

    private void remember(byte[] bytes, int offset, int count) {
        int kept = Math.min(count, tail.length);
        for (int i = count - kept; i < count; i++) {
            tail[(int) ((read + i) % tail.length)] = bytes[offset + i];
        }
        read += count;
    }

    @Override
    public long skip(long bytes) throws IOException {
        byte[] skipped = new byte[(int) Math.min(bytes, 8192)];
        int count = read(skipped, 0, skipped.length);
        return Math.max(0, count);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** The last bytes that were read, in their order. */
    public byte[] tail() {
        int length = (int) Math.min(read, tail.length);
        byte[] last = new byte[length];
        for (int i = 0; i < length; i++) {
            last[i] = tail[(int) ((read - length + i) % tail.length)];
        }
        return last;
    }
}
