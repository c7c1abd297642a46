package io.headwater.inference.picture;

/**
 * How the samples of one axis are made from another number of samples: target {@code i} is the sum over {@code k <
 * width[i]} of {@code weight[first of i + k] * source[start[i] + k]}, weights in units of 2^-13 that sum to exactly one.
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
    final int[] start;
    final int[] width;
    final int[] first;
    final long[] weight;

    Span(int source, int target) {
        this.source = source;
        this.target = target;
        this.start = new int[target];
        this.width = new int[target];
        this.first = new int[target];
        int most = source > target ? source / target + 2 : 2;
        this.weight = new long[target * most];
        int used = 0;
        for (int i = 0; i < target; i++) {
            first[i] = used;
            used += source > target ? area(i) : linear(i);
        }
    }

    private int area(int i) {
        double scale = (double) source / target;
        double from = i * scale;
        double to = Math.min(source, (i + 1) * scale);
        int begin = (int) Math.floor(from);
        int end = Math.min(source, (int) Math.ceil(to));
        double[] parts = new double[end - begin];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = (Math.min(to, begin + k + 1.0) - Math.max(from, begin + k)) / (to - from);
        }
        return put(i, begin, parts);
    }

    private int linear(int i) {
        double centre = (i + 0.5) * source / target - 0.5;
        int begin = (int) Math.floor(centre);
        double fraction = centre - begin;
        if (begin < 0) {
            return put(i, 0, new double[] {1});
        }
        if (begin >= source - 1) {
            return put(i, source - 1, new double[] {1});
        }
        return put(i, begin, new double[] {1 - fraction, fraction});
    }

    // What rounding takes from the sum goes to the largest part, so that a plain surface stays as it is.
    private int put(int i, int begin, double[] parts) {
        start[i] = begin;
        width[i] = parts.length;
        long rest = ONE;
        int largest = 0;
        for (int k = 0; k < parts.length; k++) {
            long rounded = Math.round(parts[k] * ONE);
            weight[first[i] + k] = rounded;
            rest -= rounded;
            largest = parts[k] > parts[largest] ? k : largest;
        }
        weight[first[i] + largest] += rest;
        return parts.length;
    }
}
