package io.headwater.trainer.trainingset;

import java.util.Arrays;

/** Row numbers by a hash, in a chained table of plain arrays: 16 to 20 bytes a row. Not thread safe. */
final class RowsByCell {
    /** Instead of a row. */
    static final int NONE = -1;

    private int[] heads = filled(16);
    private int[] next = filled(16);
    private long[] cells = new long[16];
    private int size;

    void add(int row, long cell) {
        if (row >= next.length) {
            int length = Math.max(row + 1, next.length + next.length / 2);
            next = Arrays.copyOf(next, length);
            cells = Arrays.copyOf(cells, length);
        }
        cells[row] = cell;
        link(row);
        size++;
        if (size > heads.length) {
            rehash();
        }
    }

    /** Removes a row that was added. */
    void remove(int row) {
        int chain = chain(cells[row]);
        if (heads[chain] == row) {
            heads[chain] = next[row];
        } else {
            int before = heads[chain];
            while (next[before] != row) {
                before = next[before];
            }
            next[before] = next[row];
        }
        size--;
    }

    /** A row in this cell, or {@link #NONE}. */
    int first(long cell) {
        return inCell(heads[chain(cell)], cell);
    }

    /** The row after this one in the same cell, or {@link #NONE}. */
    int after(int row) {
        return inCell(next[row], cells[row]);
    }

    private int inCell(int from, long cell) {
        int row = from;
        while (row != NONE && cells[row] != cell) {
            row = next[row];
        }
        return row;
    }

    private void rehash() {
        int[] old = heads;
        heads = filled(old.length * 2);
        for (int head : old) {
            for (int row = head; row != NONE; ) {
                int following = next[row];
                link(row);
                row = following;
            }
        }
    }

    private void link(int row) {
        int chain = chain(cells[row]);
        next[row] = heads[chain];
        heads[chain] = row;
    }

    private int chain(long cell) {
        return (int) cell & (heads.length - 1);
    }

    private static int[] filled(int length) {
        int[] rows = new int[length];
        Arrays.fill(rows, NONE);
        return rows;
    }
}
