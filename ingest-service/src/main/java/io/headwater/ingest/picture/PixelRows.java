package io.headwater.ingest.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.util.Arrays;

/**
 * The rows of a decoded image as 8-bit BGR on white, read straight from its buffer: no copy of the whole, no colour
 * model asked for each pixel.
 */
final class PixelRows {
    private final byte[] bytes;
    private final short[] shorts;
    private final int origin;
    private final int scanline;
    private final int pixel;
    private final int blue;
    private final int green;
    private final int red;
    private final int alpha;
    private final int width;

    private PixelRows(BufferedImage image) {
        ComponentSampleModel samples = (ComponentSampleModel) image.getSampleModel();
        DataBuffer buffer = image.getRaster().getDataBuffer();
        bytes = buffer instanceof DataBufferByte data ? data.getData() : null;
        shorts = buffer instanceof DataBufferUShort data ? data.getData() : null;
        origin = buffer.getOffset();
        scanline = samples.getScanlineStride();
        pixel = samples.getPixelStride();
        width = image.getWidth();
        int[] offsets = samples.getBandOffsets();
        boolean gray = offsets.length < 3;
        red = offsets[0];
        green = gray ? red : offsets[1];
        blue = gray ? red : offsets[2];
        alpha = image.getColorModel().hasAlpha() ? offsets[offsets.length - 1] : -1;
    }

    /** The rows of any image; one with a palette or in another colour space is painted first. */
    static PixelRows of(BufferedImage image) {
        return new PixelRows(isDirect(image) ? image : paint(image));
    }

    private static boolean isDirect(BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (!(model instanceof ComponentColorModel)
                || !(image.getSampleModel() instanceof ComponentSampleModel samples)
                || model.isAlphaPremultiplied()) {
            return false;
        }
        DataBuffer buffer = image.getRaster().getDataBuffer();
        int type = model.getColorSpace().getType();
        // Gray samples are taken as they are: Java's own gray is linear, and painting it would brighten the picture.
        return (buffer instanceof DataBufferByte || buffer instanceof DataBufferUShort)
                && (type == ColorSpace.TYPE_GRAY || model.getColorSpace().isCS_sRGB())
                && Arrays.stream(samples.getBankIndices()).allMatch(bank -> bank == 0)
                && image.getRaster().getSampleModelTranslateX() == 0
                && image.getRaster().getSampleModelTranslateY() == 0;
    }

    private static BufferedImage paint(BufferedImage image) {
        BufferedImage painted = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = painted.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.drawImage(image, 0, 0, null);
        } finally {
            graphics.dispose();
        }
        return painted;
    }

    /** Writes row {@code y}, three bytes a pixel. */
    void read(int y, byte[] bgr) {
        int from = origin + y * scanline;
        if (bytes != null) {
            readBytes(from, bgr);
        } else {
            readShorts(from, bgr);
        }
        if (alpha >= 0) {
            blend(from, bgr);
        }
    }

    private void readBytes(int from, byte[] bgr) {
        for (int x = 0, at = from, to = 0; x < width; x++, at += pixel) {
            bgr[to++] = bytes[at + blue];
            bgr[to++] = bytes[at + green];
            bgr[to++] = bytes[at + red];
        }
    }

    // The upper byte of 16 bits: 65535 / 257 and 65535 >> 8 differ by less than one step.
    private void readShorts(int from, byte[] bgr) {
        for (int x = 0, at = from, to = 0; x < width; x++, at += pixel) {
            bgr[to++] = (byte) (shorts[at + blue] >> 8);
            bgr[to++] = (byte) (shorts[at + green] >> 8);
            bgr[to++] = (byte) (shorts[at + red] >> 8);
        }
    }

    private void blend(int from, byte[] bgr) {
        for (int x = 0, at = from + alpha, to = 0; x < width; x++, at += pixel) {
            int opacity = bytes != null ? bytes[at] & 0xFF : (shorts[at] & 0xFFFF) >> 8;
            for (int band = 0; band < 3; band++, to++) {
                int onWhite = (bgr[to] & 0xFF) * opacity + 255 * (255 - opacity);
                bgr[to] = (byte) ((onWhite + 127) / 255);
            }
        }
    }
}
