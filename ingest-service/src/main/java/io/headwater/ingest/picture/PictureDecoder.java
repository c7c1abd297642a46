package io.headwater.ingest.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * From the bytes of an upload to a small, upright picture: the type by content, the dimensions before anything is
 * decoded, one decode that leaves out what scaling would throw away, one averaging pass, one turn.
 *
 * <p>Thread safe; what it holds during a call is about the decoded picture at up to four times the pixels of the result,
 * except for WebP and TIFF, which may be decoded whole.
 */
public final class PictureDecoder {
    /** The shorter side of a picture is at most this, pixels. */
    public static final int SHORTER_SIDE = 256;
    /** The longer side of a picture is at most this, pixels. */
    public static final int LONGER_SIDE = 2048;

    /** A reader holds a few rows of the picture, or of a tile, however few columns are kept. */
    private static final int LONGEST_SIDE = 65_535;

    private static final long BYTES_OF_ROWS = 3 * 8;

    /** At least this many decoded pixels make one, each way, so that leaving some out does not show. */
    private static final int OVERSAMPLING = 2;

    private final Codecs codecs = new Codecs();
    private final long maxPixels;
    private final DecodeMemory memory;
    private final Duration maxTime;

    /**
     * A decoder with limits.
     *
     * @param maxPixels width times height, as uploaded, that is still decoded
     * @param maxBytes of memory that all calls at once may take for decoded pixels
     * @param maxTime that one call may take for decoding
     */
    public PictureDecoder(long maxPixels, long maxBytes, Duration maxTime) {
        this.maxPixels = maxPixels;
        this.memory = new DecodeMemory(maxBytes);
        this.maxTime = maxTime;
    }

    /**
     * Decodes an upload.
     *
     * @throws PictureRefusedException if it is no picture that is accepted
     */
    public Picture decode(byte[] upload) {
        if (upload.length == 0) {
            throw PictureRefusedException.empty();
        }
        PictureType.Sniffed sniffed = PictureType.sniff(upload);
        try {
            return decode(upload, sniffed.type(), sniffed.container());
        } catch (PictureRefusedException e) {
            throw e;
        } catch (UncheckedIOException e) {
            throw PictureRefusedException.corrupt(sniffed.type(), e.getCause());
        } catch (IOException | RuntimeException e) {
            // Decoders answer damaged data with whatever breaks first, an index out of bounds as well.
            throw PictureRefusedException.corrupt(sniffed.type(), e);
        }
    }

    private Picture decode(byte[] upload, PictureType type, Container container) throws IOException {
        ImageReader reader = codecs.reader(type);
        try (ImageInputStream input = new ByteArrayImageInputStream(upload)) {
            reader.setInput(input, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            // A TIFF says for itself how large its tiles are.
            checkSize(width, height);
            int tileWidth = Math.max(width, reader.getTileWidth(0));
            int tileHeight = Math.max(height, reader.getTileHeight(0));
            checkSize(tileWidth, tileHeight);
            if (container.defect().isPresent()) {
                throw PictureRefusedException.corrupt(type, container.defect().get());
            }
            Size target = Size.of(width, height);
            int across = Math.max(1, width / target.width / OVERSAMPLING);
            int down = Math.max(1, height / target.height / OVERSAMPLING);
            long bytes = bytes(type, container, (long) tileWidth * tileHeight, (long) across * down)
                    + tileWidth * BYTES_OF_ROWS;
            if (!memory.has(bytes)) {
                throw PictureRefusedException.tooMuchMemory(type, width, height, bytes, memory.limit());
            }
            BufferedImage scaled = memory.with(bytes, () -> scale(readUnchecked(reader, type, across, down), target));
            Exif exif = Exif.parse(container.exif());
            BufferedImage image = Profile.toSrgb(scaled, container.profile());
            return new Picture(exif.orientation().turn(image), exif.capturedAt());
        } finally {
            reader.dispose();
        }
    }

    private void checkSize(int width, int height) {
        if (Math.max(width, height) > LONGEST_SIDE) {
            throw PictureRefusedException.tooLong(width, height, LONGEST_SIDE);
        }
        if ((long) width * height > maxPixels) {
            throw PictureRefusedException.tooManyPixels(width, height, maxPixels);
        }
    }

    /** What a decode takes at most beside a few rows: its result at 16 bits, or all pixels where the reader needs them all. */
    private static long bytes(PictureType type, Container container, long pixels, long leftOut) {
        if (type == PictureType.WEBP) {
            return pixels * 4;
        }
        if (type == PictureType.TIFF) {
            // Where it is in tiles or has JPEGs in it, what is left out is left out only after decoding.
            return Math.max(pixels * 4, pixels / leftOut * 8);
        }
        // Coefficients of 16 bits, without subsampling of the colours.
        return container.buffered() ? pixels * 6 : pixels / leftOut * 8;
    }

    private static BufferedImage scale(BufferedImage decoded, Size target) {
        return AreaFilter.scale(
                PixelRows.of(decoded), decoded.getWidth(), decoded.getHeight(), target.width, target.height);
    }

    private BufferedImage readUnchecked(ImageReader reader, PictureType type, int across, int down) {
        try {
            return read(reader, type, across, down);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BufferedImage read(ImageReader reader, PictureType type, int across, int down) throws IOException {
        DamageListener damage = new DamageListener();
        Deadline deadline = new Deadline(maxTime);
        reader.addIIOReadWarningListener(damage);
        reader.addIIOReadProgressListener(deadline);
        ImageReadParam how = reader.getDefaultReadParam();
        how.setSourceSubsampling(across, down, 0, 0);
        BufferedImage decoded = reader.read(0, how);
        if (deadline.passed()) {
            throw PictureRefusedException.tooSlow(type, maxTime.toMillis());
        }
        if (damage.found().isPresent()) {
            throw PictureRefusedException.corrupt(
                    type, "its data is damaged (" + damage.found().get() + ")");
        }
        return decoded;
    }

    /** How large a picture becomes: scaled down until both limits hold, never up. */
    record Size(int width, int height) {
        static Size of(int width, int height) {
            int shorter = Math.min(width, height);
            int longer = Math.max(width, height);
            double scale = Math.min(1, Math.min((double) SHORTER_SIDE / shorter, (double) LONGER_SIDE / longer));
            return new Size(scaled(width, scale), scaled(height, scale));
        }

        private static int scaled(int side, double scale) {
            return (int) Math.max(1, Math.round(side * scale));
        }
    }
}
