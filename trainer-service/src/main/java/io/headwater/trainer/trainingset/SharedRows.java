package io.headwater.trainer.trainingset;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/**
 * The rows of one matrix, shared by whoever writes and by readers that must not see a row change: a row is written once, and
 * used again only when it has been retired and every reader that could see it has left. Not thread safe.
 */
public final class SharedRows {
    private final EmbeddingMatrix matrix;
    private final Deque<Retired> retired = new ArrayDeque<>();
    private final TreeSet<Long> readers = new TreeSet<>();
    private long nextReader;

    /** A row that readers with a number from {@code invisibleFrom} on can't see. */
    private record Retired(int row, long invisibleFrom) {}

    /** No rows yet, of {@code dimension} numbers each. */
    public SharedRows(int dimension) {
        matrix = new EmbeddingMatrix(dimension);
    }

    /** The rows. */
    public EmbeddingMatrix matrix() {
        return matrix;
    }

    /** Writes a vector into a row that nobody can see, and returns its number. */
    public int write(ByteBuffer vector) {
        Retired oldest = retired.peek();
        if (oldest == null || !readers.headSet(oldest.invisibleFrom()).isEmpty()) {
            return matrix.append(vector);
        }
        matrix.set(oldest.row(), vector);
        retired.remove();
        return oldest.row();
    }

    /** Says that a row is no longer used. */
    public void retire(int row) {
        retired.add(new Retired(row, nextReader));
    }

    /** Lets a reader in, who sees the rows that are used now; returns its number. */
    public long enter() {
        readers.add(nextReader);
        return nextReader++;
    }

    /** Says that a reader has left. Saying it twice does no harm. */
    public void leave(long reader) {
        readers.remove(reader);
    }
}
