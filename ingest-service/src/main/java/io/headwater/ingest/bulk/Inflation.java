package io.headwater.ingest.bulk;

import io.headwater.ingest.batch.GuardedStream;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Tells a compressed batch from a bomb by how much comes out of how little. The first 64 MiB are free: pictures of one
 * colour that are stored without compression may shrink to nothing. What comes out takes no I/O, so an interrupt ends it.
 */
final class Inflation extends FilterInputStream {
    private static final long FREE = 64L << 20;
    private static final long RATIO = 200;

    private final GuardedStream compressed;
    private long inflated;

    /**
     * Counts what is read here.
     *
     * @param inflated what comes out
     * @param compressed what goes in
     */
    Inflation(InputStream inflated, GuardedStream compressed) {
        super(inflated);
        this.compressed = compressed;
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        count(read);
        return read;
    }

    private void count(int bytes) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the batch was given up");
        }
        inflated += Math.max(0, bytes);
        if (inflated > FREE && (inflated - FREE) / RATIO > compressed.count()) {
            throw new ProblemException(
                    ProblemKind.BROKEN_BATCH,
                    "the archive inflates to more than " + RATIO + " times its size, which no pictures do: it is taken"
                            + " for a bomb, and the rest of it was not read");
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
