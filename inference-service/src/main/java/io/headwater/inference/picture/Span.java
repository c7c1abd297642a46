package io.headwater.inference.picture;

/**
 * How the samples of one axis are made from another number of samples: target {@code i} is the sum over {@code k < taps} of
 * {@code weight[i * taps + k] * source[start[i] + k]}, weights in units of 2^-13 that sum to exactly one. Every target has
 * the same number of taps, some of weight zero, so that the inner loops are short and straight.
 *
 * <p>When shrinking, the exact area average: target {@code i} covers the source interval {@code [i * s, (i + 1) * s)},
 * {@code s = source / target}, partly covered samples counting by the covered part. When growing, linear interpolation
 * between the centres of the samples, the outermost ones repeated beyond the edge.
 */
final class Span {
    static final int BITS = 13;
    static final int ONE = 1 << BITS;

    final int source;
    final int target;
    final int taps;
    final int[] start;
    final long[] weight;

    Span(int source, int target) {
        this.source = source;
        this.target = target;
        this.start = new int[target];
        double scale = (double) source / target;
        this.taps = Math.min(source, source > target ? (int) Math.ceil(scale) + 1 : 2);
        this.weight = new long[target * taps];
        for (int i = 0; i < target; i++) {
            put(i, source > target ? area(i * scale, (i + 1) * scale) : linear((i + 0.5) * scale - 0.5));
        }
    }

    /** Where the first sample is, and how much each one from there on counts. */
    private record Parts(int begin, double[] shares) {}

    private Parts area(double from, double to) {
        int begin = (int) Math.floor(from);
        int end = Math.min(Math.min(source, (int) Math.ceil(to)), begin + taps);
        double[] shares = new double[end - begin];
        for (int k = 0; k < shares.length; k++) {
            shares[k] = (Math.min(to, begin + k + 1.0) - Math.max(from, begin + k)) / (to - from);
        }
        return new Parts(begin, shares);
    }

    private Parts linear(double centre) {
        int begin = (int) Math.floor(centre);
        if (begin < 0) {
            return new Parts(0, new double[] {1});
        }
        if (begin >= source - 1) {
            return new Parts(source - 1, new double[] {1});
        }
        return new Parts(begin, new double[] {1 - (centre - begin), centre - begin});
    }

    private void put(int i, Parts parts) {
        // The taps of weight zero must be samples that exist: at the far edge they go in front.
        start[i] = Math.min(parts.begin, source - taps);
        int first = i * taps + parts.begin - start[i];
        long rest = ONE;
        int largest = 0;
        for (int k = 0; k < parts.shares.length; k++) {
            weight[first + k] = Math.round(parts.shares[k] * ONE);
            rest -= weight[first + k];
            largest = parts.shares[k] > parts.shares[largest] ? k : largest;
        }
        // What rounding takes from the sum goes to the largest part, so that a plain surface stays as it is.
        weight[first + largest] += rest;
    }
}
