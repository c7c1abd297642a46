package io.headwater.ingest.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Real image files for tests, made on the spot: four coloured quadrants, told by a letter each (R, G / B, Y). */
public final class Pictures {
    private Pictures() {}

    /** The picture that stands upright: red and green above, blue and yellow below. */
    public static BufferedImage quadrants(int width, int height) {
        return quadrants(width, height, "RGBY", BufferedImage.TYPE_3BYTE_BGR);
    }

    /** Quadrants in reading order; W is white, a space stays transparent. */
    public static BufferedImage quadrants(int width, int height, String letters, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 4; i++) {
            if (letters.charAt(i) != ' ') {
                graphics.setColor(color(letters.charAt(i)));
                graphics.fillRect(i % 2 * width / 2, i / 2 * height / 2, width - width / 2, height - height / 2);
            }
        }
        graphics.dispose();
        return image;
    }

    private static Color color(char letter) {
        return switch (letter) {
            case 'R' -> Color.RED;
            case 'G' -> Color.GREEN;
            case 'B' -> Color.BLUE;
            case 'Y' -> Color.YELLOW;
            case 'W' -> Color.WHITE;
            default -> throw new IllegalArgumentException("no colour " + letter);
        };
    }

    /** The letters of what is in the middle of each quadrant, '?' for any other colour. */
    public static String letters(BufferedImage image) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            int x = image.getWidth() * (1 + 2 * (i % 2)) / 4;
            int y = image.getHeight() * (1 + 2 * (i / 2)) / 4;
            letters.append(letter(image.getRGB(x, y)));
        }
        return letters.toString();
    }

    private static char letter(int rgb) {
        for (char letter : "RGBYW".toCharArray()) {
            if (distance(new Color(rgb), color(letter)) <= 12) {
                return letter;
            }
        }
        return '?';
    }

    private static int distance(Color one, Color other) {
        return Math.max(
                Math.abs(one.getRed() - other.getRed()),
                Math.max(Math.abs(one.getGreen() - other.getGreen()), Math.abs(one.getBlue() - other.getBlue())));
    }

    /** A file in any format that ImageIO writes. */
    public static byte[] write(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("ImageIO writes no such " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A JPEG of the upright picture. */
    public static byte[] jpeg(int width, int height) {
        return write(quadrants(width, height), "jpeg");
    }

    /** A JPEG full of noise, whose data is much longer than that of flat colours. */
    public static byte[] noiseJpeg(int width, int height, long seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(seed);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return write(image, "jpeg");
    }

    static byte[] progressiveJpeg(BufferedImage image) {
        return jpeg(new IIOImage(image, null, null), ImageWriteParam.MODE_DEFAULT);
    }

    /** A JPEG of four components with an Adobe marker and inverted ink, as Photoshop writes it. */
    static byte[] cmykJpeg(int width, int height) {
        WritableRaster ink = Raster.createInterleavedRaster(0, width, height, 4, null);
        BufferedImage image = quadrants(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Color color = new Color(image.getRGB(x, y));
                // Ink c is 255 - red; inverted again it is red. No black: 255.
                ink.setPixel(x, y, new int[] {color.getRed(), color.getGreen(), color.getBlue(), 255});
            }
        }
        byte[] adobe = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        return afterStart(jpeg(new IIOImage(ink, null, null), ImageWriteParam.MODE_DISABLED), adobe);
    }

    private static byte[] jpeg(IIOImage image, int progressive) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(progressive);
            writer.setOutput(output);
            writer.write(null, image, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The upright picture with 16 bits a sample. */
    static BufferedImage deep(int width, int height) {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        BufferedImage image =
                new BufferedImage(model, model.createCompatibleWritableRaster(width, height), false, null);
        BufferedImage plain = quadrants(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Color color = new Color(plain.getRGB(x, y));
                image.getRaster()
                        .setPixel(
                                x, y, new int[] {color.getRed() * 257, color.getGreen() * 257, color.getBlue() * 257});
            }
        }
        return image;
    }

    static byte[] withProfile(byte[] file, String format, ICC_Profile profile) {
        return withProfile(file, format, profile.getData());
    }

    /** Puts an ICC profile into a JPEG (APP2) or a PNG (iCCP). */
    static byte[] withProfile(byte[] file, String format, byte[] profile) {
        if (format.equals("jpeg")) {
            ByteBuffer segment = ByteBuffer.allocate(4 + 14 + profile.length);
            segment.putShort((short) 0xFFE2).putShort((short) (2 + 14 + profile.length));
            segment.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1))
                    .put(profile);
            return afterStart(file, segment.array());
        }
        Deflater deflater = new Deflater();
        deflater.setInput(profile);
        deflater.finish();
        byte[] packed = new byte[profile.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        byte[] data = ByteBuffer.allocate(4 + 6 + length)
                .put("iCCPicc\0\0".getBytes(StandardCharsets.ISO_8859_1), 0, 9)
                .array();
        System.arraycopy(packed, 0, data, 9, length);
        data = Arrays.copyOf(data, 9 + length);
        CRC32 crc = new CRC32();
        crc.update(data);
        int header = 8 + 4 + 17 + 4;
        return ByteBuffer.allocate(file.length + 4 + data.length + 4)
                .put(file, 0, header)
                .putInt(data.length - 4)
                .put(data)
                .putInt((int) crc.getValue())
                .put(file, header, file.length - header)
                .array();
    }

    /** The markers of a JPEG up to its data. */
    static List<Integer> segments(byte[] jpeg) {
        List<Integer> markers = new ArrayList<>();
        int at = 2;
        while (true) {
            int marker = jpeg[at + 1] & 0xFF;
            markers.add(marker);
            if (marker == 0xDA) {
                return markers;
            }
            at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
        }
    }

    /** The same with a comment, as cameras write the place. */
    static byte[] withExif(byte[] jpeg, int orientation, String comment) {
        byte[] text = comment.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer segment = ByteBuffer.allocate(4 + text.length);
        segment.putShort((short) 0xFFFE).putShort((short) (2 + text.length)).put(text);
        return afterStart(withExif(jpeg, orientation), segment.array());
    }

    /** Puts an EXIF segment with an orientation and DateTimeOriginal 2024:05:06 07:08:09 (+02:00) into a JPEG. */
    static byte[] withExif(byte[] jpeg, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(128);
        tiff.put("MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
        tiff.putShort((short) 2);
        entry(tiff, 0x0112, 3, 1, orientation << 16);
        entry(tiff, 0x8769, 4, 1, 38);
        tiff.putInt(0);
        tiff.putShort((short) 2);
        entry(tiff, 0x9003, 2, 20, 68);
        entry(tiff, 0x9011, 2, 7, 88);
        tiff.putInt(0);
        tiff.put("2024:05:06 07:08:09\0+02:00\0".getBytes(StandardCharsets.ISO_8859_1));
        int length = tiff.position();
        ByteBuffer segment = ByteBuffer.allocate(4 + 6 + length);
        segment.putShort((short) 0xFFE1).putShort((short) (2 + 6 + length));
        segment.put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1)).put(tiff.array(), 0, length);
        return afterStart(jpeg, segment.array());
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    private static byte[] afterStart(byte[] jpeg, byte[] segment) {
        return ByteBuffer.allocate(jpeg.length + segment.length)
                .put(jpeg, 0, 2)
                .put(segment)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** A PNG that says how large it is, and then ends. */
    public static byte[] pngHeader(int width, int height) {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 crc = new CRC32();
        crc.update(header);
        return ByteBuffer.allocate(8 + 4 + 17 + 4)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
                .putInt(13)
                .put(header)
                .putInt((int) crc.getValue())
                .array();
    }

    /** A GIF of two frames. */
    public static byte[] animatedGif() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            writer.writeToSequence(new IIOImage(quadrants(20, 20), null, null), null);
            writer.writeToSequence(
                    new IIOImage(quadrants(20, 20, "BYRG", BufferedImage.TYPE_INT_RGB), null, null), null);
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A file beside the tests. */
    static byte[] resource(String name) {
        try (InputStream file = Pictures.class.getResourceAsStream("/" + name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decodes with plain ImageIO, as a consumer would. */
    public static BufferedImage read(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
