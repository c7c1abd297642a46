package io.headwater.ingest.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Baseline JPEG, 4:2:0, without metadata. Thread safe. */
public final class JpegEncoder {
    private static final int TYPICAL_BYTES = 64 * 1024;

    private final Codecs codecs = new Codecs();
    private final float quality;

    /**
     * An encoder of one quality.
     *
     * @param quality from 0 (smallest) to 1 (best)
     */
    public JpegEncoder(float quality) {
        this.quality = quality;
    }

    /** The bytes of a JPEG file. */
    public byte[] encode(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer = codecs.jpegWriter();
            try {
                ImageWriteParam how = writer.getDefaultWriteParam();
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(quality);
                writer.setOutput(output);
                writer.write(null, new IIOImage(image, null, null), how);
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing a JPEG to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
