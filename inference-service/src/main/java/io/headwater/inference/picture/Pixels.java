package io.headwater.inference.picture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * From the JPEG of an event to the input of the backbone. <b>This class is the definition of the preprocessing</b>; whoever
 * runs a published {@code model.onnx} elsewhere and wants the same answers does the same:
 *
 * <ol>
 *   <li>the whole picture is squashed to {@code size} × {@code size}, without regard to its proportions and without
 *       cropping: per axis the area average when shrinking, linear interpolation when growing (see {@link Span});
 *       horizontally first, then vertically, each rounded to 8 bits;
 *   <li>that is done on the samples as they are stored (YCbCr), and each resulting pixel is then converted to RGB as JFIF
 *       defines it; a gray sample becomes three equal ones;
 *   <li>the bytes go to the graph as they are, uint8 {@code [1, size, size, 3]}, red first. Scaling is inside the graph.
 * </ol>
 *
 * <p>Keeps its buffers from picture to picture: one per thread.
 */
public final class Pixels implements PictureReader {
    /*
     * The three samples of a pixel travel as 21-bit lanes of one long, so that one multiplication serves all three: 8 bits
     * of sample times 13 bits of weight, weights summing to one, never leave a lane.
     */
    private static final int SECOND = 21;
    private static final int THIRD = 42;
    private static final long HALF = Span.ONE / 2;
    private static final long ROUND = HALF | (HALF << SECOND) | (HALF << THIRD);
    private static final long SAMPLE = 0xFFL | (0xFFL << SECOND) | (0xFFL << THIRD);

    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final JpegDecoder decoder = new JpegDecoder();
    private final int size;
    private final byte[] rgb;
    private final long[] sum;
    private long[] row = new long[0];
    private long[] squashedRows = new long[0];
    private Span across = new Span(1, 1);
    private Span down = new Span(1, 1);

    /**
     * @param size H and W of the backbone's input, pixels
     */
    public Pixels(int size) {
        this.size = size;
        this.rgb = new byte[size * size * 3];
        this.sum = new long[size];
    }

    /** Decodes and squashes. */
    @Override
    public void read(byte[] jpeg, ByteBuffer target) throws UnreadableImageException {
        target.clear().put(squash(decoder.decode(jpeg))).flip();
    }

    /** The next call overwrites what it returns. */
    byte[] squash(Raster raster) {
        prepare(raster.width(), raster.height());
        int squashed = 0;
        for (int y = 0; y < size; y++) {
            // Rows are squashed when they are needed, and kept in a ring as long as they are: it stays in the L1 cache.
            for (int needed = down.start[y] + down.taps; squashed < needed; squashed++) {
                pack(raster, squashed);
                squashRow((squashed % down.taps) * size);
            }
            sumRows(y);
            switch (raster.colour()) {
                case GRAY -> writeGray(y * size * 3);
                case RGB -> writeRgb(y * size * 3);
                case YCBCR -> writeYcbcr(y * size * 3);
            }
        }
        return rgb;
    }

    private void prepare(int width, int height) {
        if (across.source != width || across.target != size) {
            across = new Span(width, size);
        }
        if (down.source != height || down.target != size) {
            down = new Span(height, size);
        }
        if (row.length < width) {
            row = new long[width];
        }
        if (squashedRows.length < down.taps * size) {
            squashedRows = new long[down.taps * size];
        }
    }

    private void pack(Raster raster, int y) {
        byte[] samples = raster.samples();
        long[] packed = row;
        int width = raster.width();
        if (raster.colour() == Raster.Colour.GRAY) {
            for (int x = 0, at = y * width; x < width; x++, at++) {
                packed[x] = samples[at] & 0xFF;
            }
            return;
        }
        // Four bytes at a time, but for the last pixel of the picture: there are only three left.
        int at = y * width * 3;
        int quick = Math.min(width, (samples.length - at - 1) / 3);
        for (int x = 0; x < quick; x++, at += 3) {
            int three = (int) FOUR_BYTES.get(samples, at);
            packed[x] = (three & 0xFF) | ((three & 0xFF00L) << (SECOND - 8)) | ((three & 0xFF0000L) << (THIRD - 16));
        }
        for (int x = quick; x < width; x++, at += 3) {
            packed[x] =
                    (samples[at] & 0xFF) | ((samples[at + 1] & 0xFFL) << SECOND) | ((samples[at + 2] & 0xFFL) << THIRD);
        }
    }

    private void squashRow(int target) {
        long[] source = row;
        long[] weight = across.weight;
        int[] start = across.start;
        int taps = across.taps;
        long[] squashed = squashedRows;
        // Three is the usual case (341 or 256 to 224 or 160): without an inner loop it takes half the time.
        if (taps == 3) {
            for (int x = 0, w = 0; x < size; x++, w += 3) {
                int at = start[x];
                long lanes = weight[w] * source[at] + weight[w + 1] * source[at + 1] + weight[w + 2] * source[at + 2];
                squashed[target + x] = ((lanes + ROUND) >>> Span.BITS) & SAMPLE;
            }
            return;
        }
        for (int x = 0, w = 0; x < size; x++, w += taps) {
            long lanes = ROUND;
            for (int k = 0; k < taps; k++) {
                lanes += weight[w + k] * source[start[x] + k];
            }
            squashed[target + x] = (lanes >>> Span.BITS) & SAMPLE;
        }
    }

    private void sumRows(int y) {
        long[] lanes = sum;
        long[] squashed = squashedRows;
        Arrays.fill(lanes, ROUND);
        for (int k = 0; k < down.taps; k++) {
            long weight = down.weight[y * down.taps + k];
            int from = ((down.start[y] + k) % down.taps) * size;
            if (weight != 0) {
                for (int x = 0; x < lanes.length; x++) {
                    lanes[x] += weight * squashed[from + x];
                }
            }
        }
    }

    private void writeGray(int target) {
        for (int x = 0, at = target; x < size; x++, at += 3) {
            byte gray = (byte) ((sum[x] >>> Span.BITS) & 0xFF);
            rgb[at] = gray;
            rgb[at + 1] = gray;
            rgb[at + 2] = gray;
        }
    }

    private void writeRgb(int target) {
        for (int x = 0, at = target; x < size; x++, at += 3) {
            long lanes = sum[x] >>> Span.BITS;
            rgb[at] = (byte) lanes;
            rgb[at + 1] = (byte) (lanes >>> SECOND);
            rgb[at + 2] = (byte) (lanes >>> THIRD);
        }
    }

    /** ITU-T T.871 (JFIF), section 7, in 16-bit fixed point. */
    private void writeYcbcr(int target) {
        byte[] pixels = rgb;
        long[] all = sum;
        for (int x = 0, at = target; x < all.length; x++, at += 3) {
            long lanes = all[x] >>> Span.BITS;
            int luma = ((int) (lanes & 0xFF) << 16) + 0x8000;
            int blue = (int) ((lanes >>> SECOND) & 0xFF) - 128;
            int red = (int) ((lanes >>> THIRD) & 0xFF) - 128;
            pixels[at] = clamp((luma + 91881 * red) >> 16);
            pixels[at + 1] = clamp((luma - 22554 * blue - 46802 * red) >> 16);
            pixels[at + 2] = clamp((luma + 116130 * blue) >> 16);
        }
    }

    private static byte clamp(int value) {
        // Nearly always in range: a branch that is guessed right is cheaper than a minimum and a maximum.
        if ((value & ~0xFF) == 0) {
            return (byte) value;
        }
        return (byte) (value < 0 ? 0 : 255);
    }
}
