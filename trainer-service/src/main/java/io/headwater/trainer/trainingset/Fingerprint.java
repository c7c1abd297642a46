package io.headwater.trainer.trainingset;

/**
 * Finds vectors that are near another one without comparing it with all. The means of up to 16 blocks of a vector differ at
 * most as much as its numbers do, so two vectors within the tolerance are in the same cell of a grid over the means, or in
 * cells that touch where a mean is within the tolerance of the border.
 */
final class Fingerprint {
    private static final int BLOCKS = 16;
    private static final double CELL = 10 * NearDuplicates.TOLERANCE;
    /** No border where numbers like 0 and 1 are. */
    private static final double SHIFT = 0.37;
    /** The rounding of a sum of clamped float32 numbers is far below the last term. */
    private static final double BORDER = (NearDuplicates.TOLERANCE + 1e-7) / CELL;
    /** Larger numbers are taken for this one: it brings no two vectors further apart, and bounds the rounding. */
    private static final double LARGEST = 10_000;

    private final long cell;
    /** What changes the cell into a neighbour, for each block that is near a border. */
    private final long[] steps = new long[BLOCKS];

    private int near;

    /** That of a vector of finite numbers. */
    Fingerprint(float[] vector) {
        int blocks = Math.min(BLOCKS, vector.length);
        long sum = 0;
        for (int block = 0; block < blocks; block++) {
            double place = mean(vector, from(block, blocks, vector), from(block + 1, blocks, vector)) / CELL + SHIFT;
            long own = (long) Math.floor(place);
            double inside = place - own;
            sum += mix(block, own);
            if (inside < BORDER) {
                steps[near++] = mix(block, own - 1) - mix(block, own);
            } else if (inside > 1 - BORDER) {
                steps[near++] = mix(block, own + 1) - mix(block, own);
            }
        }
        cell = sum;
    }

    /** A hash of the cell it is in. */
    long cell() {
        return cell;
    }

    /** Hashes of all cells in which a vector within the tolerance can be, its own first: one for every subset of the borders. */
    long[] around() {
        long[] cells = new long[1 << near];
        cells[0] = cell;
        for (int border = 0; border < near; border++) {
            int known = 1 << border;
            for (int i = 0; i < known; i++) {
                cells[known + i] = cells[i] + steps[border];
            }
        }
        return cells;
    }

    private static int from(int block, int blocks, float[] vector) {
        return (int) ((long) block * vector.length / blocks);
    }

    private static double mean(float[] vector, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.max(-LARGEST, Math.min(LARGEST, vector[i]));
        }
        return sum / (to - from);
    }

    /** The finaliser of MurmurHash3 (Appleby, public domain). */
    private static long mix(int block, long cell) {
        long hash = cell * BLOCKS + block;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
