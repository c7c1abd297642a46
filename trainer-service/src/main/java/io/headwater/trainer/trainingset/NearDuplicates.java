package io.headwater.trainer.trainingset;

import io.headwater.events.Split;
import java.util.Arrays;

/**
 * Knows which held-out examples are near-duplicates of one that is learnt from: no number of the two embeddings differs by
 * more than {@link #TOLERANCE}. These are set aside, neither learnt nor measured on. That depends on the examples alone and
 * not on the order in which they came. Not thread safe.
 */
final class NearDuplicates {
    /** Largest difference of a number of two embeddings that are taken for the same picture. */
    static final double TOLERANCE = 1e-4;

    private static final int NONE = RowsByCell.NONE;

    private final EmbeddingMatrix rows;
    private final Listener listener;
    private final RowsByCell train = new RowsByCell();
    private final RowsByCell holdout = new RowsByCell();
    private final float[] vector;
    /** For each held-out row a row to learn from that is its near-duplicate, or {@link #NONE}. */
    private int[] witnesses = {};

    /** Learns when an example is set aside, or no longer. */
    interface Listener {
        void changed(int row, boolean setAside);
    }

    /** Looks at rows of {@code rows}, which must not change while they are in here. */
    NearDuplicates(EmbeddingMatrix rows, Listener listener) {
        this.rows = rows;
        this.listener = listener;
        vector = new float[rows.dimension()];
    }

    boolean isSetAside(int row) {
        return row < witnesses.length && witnesses[row] != NONE;
    }

    void add(int row, Split split) {
        grow(row);
        rows.read(row, vector, 0);
        Fingerprint fingerprint = new Fingerprint(vector);
        if (split == Split.HOLDOUT) {
            holdout.add(row, fingerprint.cell());
            witness(row, find(fingerprint));
            return;
        }
        train.add(row, fingerprint.cell());
        for (long cell : fingerprint.around()) {
            for (int held = holdout.first(cell); held != NONE; held = holdout.after(held)) {
                if (witnesses[held] == NONE && isNear(held)) {
                    witness(held, row);
                }
            }
        }
    }

    void remove(int row, Split split) {
        if (split == Split.HOLDOUT) {
            holdout.remove(row);
            witness(row, NONE);
            return;
        }
        train.remove(row);
        rows.read(row, vector, 0);
        for (long cell : new Fingerprint(vector).around()) {
            for (int held = holdout.first(cell); held != NONE; held = holdout.after(held)) {
                if (witnesses[held] == row) {
                    rows.read(held, vector, 0);
                    witness(held, find(new Fingerprint(vector)));
                }
            }
        }
    }

    /** A row to learn from that is near {@link #vector}, or {@link #NONE}. */
    private int find(Fingerprint fingerprint) {
        for (long cell : fingerprint.around()) {
            for (int learnt = train.first(cell); learnt != NONE; learnt = train.after(learnt)) {
                if (isNear(learnt)) {
                    return learnt;
                }
            }
        }
        return NONE;
    }

    /** Whether a row is near {@link #vector}. */
    private boolean isNear(int row) {
        for (int i = 0; i < vector.length; i++) {
            if (Math.abs((double) vector[i] - rows.get(row, i)) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private void witness(int held, int learnt) {
        boolean before = isSetAside(held);
        witnesses[held] = learnt;
        if (before != isSetAside(held)) {
            listener.changed(held, !before);
        }
    }

    private void grow(int row) {
        if (row >= witnesses.length) {
            int length = witnesses.length;
            witnesses = Arrays.copyOf(witnesses, Math.max(row + 1, length + length / 2));
            Arrays.fill(witnesses, length, witnesses.length, NONE);
        }
    }
}
