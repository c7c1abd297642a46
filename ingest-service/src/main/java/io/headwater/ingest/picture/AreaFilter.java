package io.headwater.ingest.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * Scales down by averaging: each new pixel is the mean of the area it covers, parts of pixels weighted by their share.
 * Integer arithmetic, so the same input gives the same output on every machine; exact when nothing is scaled.
 */
final class AreaFilter {
    /** Weights of one pixel sum to this. */
    private static final int ONE = 1 << 14;

    private AreaFilter() {}

    /** An image of type 3BYTE_BGR, {@code toWidth} and {@code toHeight} not larger than the source. */
    static BufferedImage scale(PixelRows source, int width, int height, int toWidth, int toHeight) {
        BufferedImage scaled = new BufferedImage(toWidth, toHeight, BufferedImage.TYPE_3BYTE_BGR);
        byte[] target = ((DataBufferByte) scaled.getRaster().getDataBuffer()).getData();
        Shares across = Shares.of(width, toWidth);
        Shares down = Shares.of(height, toHeight);
        byte[] row = new byte[width * 3];
        int[] narrowed = new int[toWidth * 3];
        int[] sums = new int[toWidth * 3];
        int loaded = -1;
        for (int y = 0; y < toHeight; y++) {
            Arrays.fill(sums, 0);
            for (int i = down.begin[y]; i < down.begin[y + 1]; i++) {
                int sourceRow = down.first[y] + i - down.begin[y];
                // The row where two areas meet is needed twice, one time after the other.
                if (sourceRow != loaded) {
                    source.read(sourceRow, row);
                    narrow(row, across, narrowed);
                    loaded = sourceRow;
                }
                add(narrowed, down.weights[i], sums);
            }
            int at = y * toWidth * 3;
            for (int sum : sums) {
                target[at++] = (byte) ((sum + (1 << 19)) >> 20);
            }
        }
        return scaled;
    }

    /** To values of 14 bits: 8 before and 6 after the point. */
    private static void narrow(byte[] row, Shares across, int[] narrowed) {
        int to = 0;
        for (int x = 0; x < across.first.length; x++) {
            int blue = 0;
            int green = 0;
            int red = 0;
            int at = across.first[x] * 3;
            for (int i = across.begin[x]; i < across.begin[x + 1]; i++, at += 3) {
                int weight = across.weights[i];
                blue += (row[at] & 0xFF) * weight;
                green += (row[at + 1] & 0xFF) * weight;
                red += (row[at + 2] & 0xFF) * weight;
            }
            narrowed[to++] = (blue + 128) >> 8;
            narrowed[to++] = (green + 128) >> 8;
            narrowed[to++] = (red + 128) >> 8;
        }
    }

    private static void add(int[] narrowed, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += narrowed[i] * weight;
        }
    }

    /**
     * Which old pixels make each new one: from {@code first[n]} on, as many as there are weights from {@code begin[n]}
     * to {@code begin[n + 1]}.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and private
    private record Shares(int[] first, int[] begin, int[] weights) {
        static Shares of(int from, int to) {
            int[] first = new int[to];
            int[] begin = new int[to + 1];
            // Two neighbours share at most one old pixel.
            int[] weights = new int[from + to];
            int used = 0;
            for (int n = 0; n < to; n++) {
                double left = (double) n * from / to;
                double right = (double) (n + 1) * from / to;
                int last = Math.min(from, (int) Math.ceil(right - 1e-9)) - 1;
                first[n] = Math.min((int) (left + 1e-9), last);
                begin[n] = used;
                int rest = ONE;
                int heaviest = used;
                for (int pixel = first[n]; pixel <= last; pixel++) {
                    double share = (Math.min(right, pixel + 1) - Math.max(left, pixel)) / (right - left);
                    weights[used] = (int) Math.round(share * ONE);
                    rest -= weights[used];
                    heaviest = weights[used] > weights[heaviest] ? used : heaviest;
                    used++;
                }
                // What rounding left over, so that white stays white.
                weights[heaviest] += rest;
            }
            begin[to] = used;
            return new Shares(first, begin, weights);
        }
    }
}
