package io.headwater.ingest.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** The lines of a stream, each as a stream of its own: however long one is, a buffer of it is in memory. */
public final class Lines {
    private static final int BUFFER = 64 * 1024;
    /** A line that has no end is not waited for. */
    private static final long LONGEST = 256L << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    /** The lines of {@code in}, which nobody else reads. */
    public Lines(InputStream in) {
        this.in = in;
    }

    /**
     * The next line that is not blank, without its end; empty at the end of the stream. Closing it passes over what was
     * not read of it, and must be done before the next one is asked for.
     */
    public Optional<InputStream> next() throws IOException {
        while (fill()) {
            byte first = buffer[at];
            if (first != '\n' && first != '\r' && first != ' ' && first != '\t') {
                return Optional.of(new Line());
            }
            at++;
        }
        return Optional.empty();
    }

    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return at < end;
    }

    private final class Line extends InputStream {
        private boolean ended;
        private long read;

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
            if (ended || !fill() || buffer[at] == '\n') {
                ended = true;
                return -1;
            }
            int most = Math.min(length, end - at);
            int count = 1;
            while (count < most && buffer[at + count] != '\n') {
                count++;
            }
            System.arraycopy(buffer, at, bytes, offset, count);
            at += count;
            read += count;
            if (read > LONGEST) {
                throw new IOException("a line is longer than " + LONGEST + " bytes");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            transferTo(OutputStream.nullOutputStream());
        }
    }
}
