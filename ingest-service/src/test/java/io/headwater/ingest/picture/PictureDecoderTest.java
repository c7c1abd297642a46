package io.headwater.ingest.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PictureDecoderTest {
    private final PictureDecoder decoder = new PictureDecoder(50_000_000, 400_000_000, Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({
        // width, height, then what comes out
        "500, 375, 341, 256",
        "375, 500, 256, 341",
        "4000, 3000, 341, 256",
        "256, 256, 256, 256",
        "257, 300, 256, 299",
        "100, 80, 100, 80",
        "1, 1, 1, 1",
        "3000, 200, 2048, 137",
        "3000, 2, 2048, 1",
    })
    void the_shorter_side_is_at_most_256_and_the_longer_at_most_2048(int width, int height, int toWidth, int toHeight) {
        BufferedImage image = decoder.decode(Pictures.jpeg(width, height)).image();

        assertThat(image.getWidth()).isEqualTo(toWidth);
        assertThat(image.getHeight()).isEqualTo(toHeight);
        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_3BYTE_BGR);
    }

    static Stream<Arguments> files() {
        BufferedImage image = Pictures.quadrants(600, 400);
        return Stream.of(
                Arguments.of("JPEG", Pictures.write(image, "jpeg")),
                Arguments.of("progressive JPEG", Pictures.progressiveJpeg(image)),
                Arguments.of("CMYK JPEG", Pictures.cmykJpeg(600, 400)),
                Arguments.of("large JPEG", Pictures.jpeg(3000, 2000)),
                Arguments.of("PNG", Pictures.write(image, "png")),
                Arguments.of("large PNG", Pictures.write(Pictures.quadrants(2400, 1600), "png")),
                Arguments.of("palette PNG", Pictures.write(indexed("RGBY"), "png")),
                Arguments.of("lossy WebP", Pictures.resource("lossy.webp")),
                Arguments.of("GIF", Pictures.write(indexed("RGBY"), "gif")),
                Arguments.of("large GIF", Pictures.write(enlarged(indexed("RGBY"), 4), "gif")),
                Arguments.of("animated GIF", Pictures.animatedGif()),
                Arguments.of("BMP", Pictures.write(image, "bmp")),
                Arguments.of("large BMP", Pictures.write(Pictures.quadrants(2400, 1600), "bmp")),
                Arguments.of("palette BMP", Pictures.write(opaque(), "bmp")),
                Arguments.of("TIFF", Pictures.write(image, "tiff")),
                Arguments.of("large TIFF", Pictures.write(Pictures.quadrants(2400, 1600), "tiff")),
                Arguments.of("palette TIFF", Pictures.write(opaque(), "tiff")),
                Arguments.of("16-bit PNG", Pictures.write(Pictures.deep(600, 400), "png")));
    }

    private static BufferedImage enlarged(BufferedImage image, int times) {
        BufferedImage enlarged = new BufferedImage(
                image.getWidth() * times, image.getHeight() * times, image.getType(), (IndexColorModel)
                        image.getColorModel());
        for (int y = 0; y < enlarged.getHeight(); y++) {
            for (int x = 0; x < enlarged.getWidth(); x++) {
                enlarged.getRaster().setSample(x, y, 0, image.getRaster().getSample(x / times, y / times, 0));
            }
        }
        return enlarged;
    }

    /** With a palette that has no transparent entry, which these formats have not. */
    private static BufferedImage opaque() {
        BufferedImage image = indexed("RGBY");
        // As many entries as a byte can tell: of few, Java's writer of BMP makes another picture.
        int[] palette = Arrays.copyOf(new int[] {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00}, 256);
        var model = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, image.getRaster(), false, null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void every_accepted_file_shows_its_colours(String name, byte[] file) {
        assertThat(Pictures.letters(decoder.decode(file).image())).isEqualTo("RGBY");
    }

    static Stream<Arguments> transparentFiles() {
        return Stream.of(
                Arguments.of(
                        "PNG with alpha",
                        Pictures.write(Pictures.quadrants(400, 300, "RGB ", BufferedImage.TYPE_4BYTE_ABGR), "png")),
                Arguments.of("palette PNG with alpha", Pictures.write(indexed("RGB "), "png")),
                Arguments.of("GIF with a transparent entry", Pictures.write(indexed("RGB "), "gif")),
                Arguments.of(
                        "TIFF with alpha",
                        Pictures.write(Pictures.quadrants(400, 300, "RGB ", BufferedImage.TYPE_4BYTE_ABGR), "tiff")),
                Arguments.of("lossless WebP with alpha", Pictures.resource("lossless-alpha.webp")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transparentFiles")
    void what_is_transparent_becomes_white(String name, byte[] file) {
        assertThat(Pictures.letters(decoder.decode(file).image())).isEqualTo("RGBW");
    }

    @Test
    void half_transparent_red_becomes_pink() {
        BufferedImage image = new BufferedImage(10, 10, BufferedImage.TYPE_4BYTE_ABGR);
        image.setRGB(5, 5, 0x80FF0000);

        BufferedImage decoded = decoder.decode(Pictures.write(image, "png")).image();

        assertThat(new Color(decoded.getRGB(5, 5))).isEqualTo(new Color(255, 127, 127));
    }

    @ParameterizedTest
    @CsvSource({"jpeg, 10", "png, 10", "png, 11"})
    void gray_stays_the_same_gray(String format, int type) {
        // 10 is TYPE_BYTE_GRAY, 11 is TYPE_USHORT_GRAY; Java's own conversion would make 60 a 129.
        BufferedImage image = new BufferedImage(300, 300, type);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 300; x++) {
                image.getRaster().setSample(x, y, 0, type == BufferedImage.TYPE_BYTE_GRAY ? 60 : 60 * 257);
            }
        }

        Color color =
                new Color(decoder.decode(Pictures.write(image, format)).image().getRGB(128, 128));

        assertThat(color.getRed()).isCloseTo(60, within(1));
        assertThat(color).isEqualTo(new Color(color.getRed(), color.getRed(), color.getRed()));
    }

    @ParameterizedTest
    @CsvSource({
        // The EXIF value; what is stored so that it stands upright after turning, from the standard's table of
        // which visual side the first row and the first column are.
        "1, RGBY",
        "2, GRYB",
        "3, YBGR",
        "4, BYRG",
        "5, RBGY",
        "6, GYRB",
        "7, YGBR",
        "8, BRYG"
    })
    void every_orientation_of_exif_stands_upright(int orientation, String stored) {
        int width = orientation >= 5 ? 200 : 320;
        byte[] file = Pictures.withExif(
                Pictures.write(Pictures.quadrants(width, 520 - width, stored, BufferedImage.TYPE_3BYTE_BGR), "jpeg"),
                orientation);

        BufferedImage image = decoder.decode(file).image();

        assertThat(Pictures.letters(image)).isEqualTo("RGBY");
        assertThat(image.getWidth()).isEqualTo(320);
        assertThat(image.getHeight()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"jpeg", "png"})
    void colours_are_what_the_profile_says(String format) {
        // Linear light: 60 of 255 there is 133 in sRGB.
        BufferedImage image = new BufferedImage(300, 300, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 300; x++) {
                image.setRGB(x, y, new Color(60, 60, 60).getRGB());
            }
        }
        byte[] plain = Pictures.write(image, format);
        byte[] linear = Pictures.withProfile(plain, format, ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB));

        assertThat(new Color(decoder.decode(plain).image().getRGB(128, 128)).getRed())
                .isCloseTo(60, within(1));
        assertThat(new Color(decoder.decode(linear).image().getRGB(128, 128)).getRed())
                .isCloseTo(133, within(3));
    }

    @ParameterizedTest
    @CsvSource({"jpeg", "png"})
    void a_damaged_profile_says_nothing(String format) {
        byte[] file = Pictures.withProfile(Pictures.write(Pictures.quadrants(300, 300), format), format, new byte[200]);

        assertThat(Pictures.letters(decoder.decode(file).image())).isEqualTo("RGBY");
    }

    @Test
    void nothing_of_the_metadata_leaves() {
        byte[] file = Pictures.withExif(Pictures.jpeg(300, 300), 1, "GPS at home, 52.5200 N");
        assertThat(new String(file, ISO_8859_1)).contains("Exif", "GPS at home");

        byte[] normalised = new JpegEncoder(0.9f).encode(decoder.decode(file).image());

        // Segments of applications and comments, E1 to EF and FE: none. E0 is JFIF's own.
        String text = new String(normalised, ISO_8859_1);
        assertThat(text).doesNotContain("GPS").doesNotContain("Exif").doesNotContain("\u00ff\u00e1");
        assertThat(Pictures.segments(normalised)).isSubsetOf(0xE0, 0xDB, 0xC0, 0xC4, 0xDA);
    }

    @Test
    void a_webp_is_turned_by_its_exif_too() {
        BufferedImage image =
                decoder.decode(Pictures.resource("exif-rotated.webp")).image();

        assertThat(Pictures.letters(image)).isEqualTo("BRYG");
        assertThat(image.getHeight()).isEqualTo(341);
    }

    @Test
    void the_time_of_capture_is_read_with_its_offset() {
        Picture picture = decoder.decode(Pictures.withExif(Pictures.jpeg(40, 40), 1));

        assertThat(picture.capturedAt()).contains(Instant.parse("2024-05-06T05:08:09Z"));
    }

    @Test
    void a_damaged_exif_says_nothing_and_does_no_harm() {
        byte[] file = Pictures.withExif(Pictures.jpeg(40, 40), 6);
        file[16] = (byte) 0xFF;

        Picture picture = decoder.decode(file);

        assertThat(Pictures.letters(picture.image())).isEqualTo("RGBY");
    }

    @Test
    void stray_bytes_after_the_end_are_ignored() {
        byte[] file = Pictures.jpeg(40, 40);

        Picture picture = decoder.decode(Arrays.copyOf(file, file.length + 100));

        assertThat(Pictures.letters(picture.image())).isEqualTo("RGBY");
    }

    private static BufferedImage indexed(String letters) {
        // Drawing on an indexed image would snap to its default palette, so the palette is our own.
        int[] palette = {0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFFFFFF00, 0x00000000};
        var model = new IndexColorModel(8, palette.length, palette, 0, true, -1, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_BYTE_INDEXED, model);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 400; x++) {
                int entry = "RGBY ".indexOf(letters.charAt((y / 150) * 2 + x / 200));
                image.getRaster().setSample(x, y, 0, entry);
            }
        }
        return image;
    }
}
