package io.headwater.ingest.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.headwater.ingest.picture.PictureRefusedException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedPictureTest {
    private final PictureDecoder decoder = new PictureDecoder(50_000_000, 400_000_000, Duration.ofSeconds(30));

    @Test
    void nothing_is_empty() {
        assertThat(refused(new byte[0]).reason()).isEqualTo(Reason.EMPTY);
    }

    static Stream<Arguments> otherTypes() {
        return Stream.of(
                Arguments.of("a HEIF or AVIF", "\0\0\0\u0018ftypheic\0\0\0\0".getBytes(ISO_8859_1)),
                Arguments.of("a PDF", "%PDF-1.7\n".getBytes(ISO_8859_1)),
                Arguments.of("an animated WebP", animatedWebp()),
                Arguments.of("not an image", "<html>no</html>".getBytes(ISO_8859_1)),
                Arguments.of("not an image", new byte[] {0}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherTypes")
    void what_is_of_no_accepted_type_is_named(String name, byte[] file) {
        PictureRefusedException refused = refused(file);

        assertThat(refused.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(refused)
                .hasMessageContaining(name)
                .hasMessageContaining("JPEG, PNG, WebP, GIF, BMP and TIFF are accepted");
    }

    private static byte[] animatedWebp() {
        return "RIFF\u001c\0\0\0WEBPVP8X\n\0\0\0\u0002\0\0\0\u0013\0\0\u0013\0\0".getBytes(ISO_8859_1);
    }

    @Test
    void twenty_bytes_that_begin_as_a_jpeg_are_corrupt() {
        byte[] file = Arrays.copyOf(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16}, 20);

        assertThat(refused(file).reason()).isEqualTo(Reason.CORRUPT);
    }

    @ParameterizedTest
    @CsvSource({"jpeg", "progressive", "png", "webp", "gif", "bmp", "tiff"})
    void a_file_that_is_cut_anywhere_is_corrupt(String kind) {
        byte[] whole =
                switch (kind) {
                    case "jpeg" -> Pictures.noiseJpeg(300, 200, 1);
                    case "progressive" -> Pictures.progressiveJpeg(Pictures.read(Pictures.noiseJpeg(300, 200, 1)));
                    case "png", "bmp", "tiff" -> Pictures.write(Pictures.quadrants(300, 200), kind);
                    // The end mark of the file is not part of its first picture.
                    case "gif" -> withoutEndMark(Pictures.write(Pictures.quadrants(300, 200), "gif"));
                    default -> Pictures.resource("lossy.webp");
                };
        assertThat(decoder.decode(whole).image().getWidth()).isPositive();

        for (int percent = 5; percent < 100; percent += 5) {
            byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
            assertThat(refused(cut).reason()).as(percent + " %% of %s", kind).isEqualTo(Reason.CORRUPT);
        }
        byte[] almost = Arrays.copyOf(whole, whole.length - 2);
        assertThat(refused(almost).reason()).isEqualTo(Reason.CORRUPT);
    }

    private static byte[] withoutEndMark(byte[] gif) {
        return Arrays.copyOf(gif, gif.length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "bmp", "tiff", "gif"})
    void an_image_that_takes_too_long_to_decode_is_refused(String format) {
        PictureDecoder hasty = new PictureDecoder(50_000_000, 400_000_000, Duration.ofNanos(1));
        byte[] file = Pictures.write(Pictures.quadrants(2400, 1600), format);

        PictureRefusedException refused = catchThrowableOfType(PictureRefusedException.class, () -> hasty.decode(file));

        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.reason()).isEqualTo(Reason.TOO_COSTLY);
        assertThat(refused).hasMessageContaining("headwater.intake.max-decode-time");
    }

    @Test
    void an_image_that_needs_more_memory_than_there_is_for_it_is_refused() {
        PictureDecoder small = new PictureDecoder(50_000_000, 3_000_000, Duration.ofSeconds(30));
        BufferedImage image = Pictures.quadrants(1000, 800);

        // Its rows come one after the other, and most of the pixels are left out.
        assertThat(small.decode(Pictures.jpeg(2000, 1600)).image().getHeight()).isEqualTo(256);
        PictureRefusedException refused = catchThrowableOfType(
                PictureRefusedException.class, () -> small.decode(Pictures.progressiveJpeg(image)));
        assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(refused).hasMessageContaining("4824000 bytes").hasMessageContaining("max-decode-bytes");
    }

    /** What a careless proxy or a partly overwritten file looks like: an end marker, but data missing before it. */
    @ParameterizedTest
    @ValueSource(ints = {200, 2400})
    void a_jpeg_that_lost_data_before_its_end_marker_is_corrupt(int side) {
        byte[] whole = Pictures.noiseJpeg(side, side, 1);
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;

        PictureRefusedException refused = refused(cut);

        assertThat(refused.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(refused).hasMessageContaining("premature end of data");
    }

    @Test
    void a_png_whose_data_is_overwritten_is_corrupt() {
        byte[] file = Pictures.write(Pictures.quadrants(300, 200), "png");
        Arrays.fill(file, file.length / 2, file.length / 2 + 40, (byte) 0x55);

        assertThat(refused(file).reason()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void a_jpeg_with_thousands_of_scans_is_corrupt_before_it_is_decoded() {
        byte[] whole = Pictures.jpeg(16, 16);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(whole, 0, whole.length - 2);
        byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0};
        for (int i = 0; i < 2000; i++) {
            bomb.write(scan, 0, scan.length);
        }
        bomb.write(whole, whole.length - 2, 2);

        assertThat(refused(bomb.toByteArray())).hasMessageContaining("scans");
    }

    @Test
    void an_enormous_picture_is_refused_without_allocating_it() {
        byte[] header = Pictures.pngHeader(60_000, 60_000);
        refused(header); // classes loaded
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        PictureRefusedException refused = refused(header);

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(refused).hasMessageContaining("60000 x 60000").hasMessageContaining("max-pixels");
        assertThat(allocated).isLessThan(1_000_000);
    }

    @ParameterizedTest
    @CsvSource({"70000,1", "1,70000", "50000000,1"})
    void a_picture_with_a_very_long_side_is_refused_though_it_has_few_pixels(int width, int height) {
        PictureRefusedException refused = refused(Pictures.pngHeader(width, height));

        assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_PIXELS);
        assertThat(refused).hasMessageContaining(width + " x " + height).hasMessageContaining("65535");
    }

    @Test
    void the_rows_of_the_reader_count_as_memory_however_few_pixels_are_kept() {
        byte[] line = Pictures.write(new BufferedImage(60_000, 1, BufferedImage.TYPE_3BYTE_BGR), "png");
        PictureDecoder small = new PictureDecoder(50_000_000, 1_000_000, Duration.ofSeconds(30));

        assertThat(decoder.decode(line).image().getWidth()).isEqualTo(2048);
        PictureRefusedException refused = catchThrowableOfType(PictureRefusedException.class, () -> small.decode(line));
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused).hasMessageContaining("max-decode-bytes");
    }

    @Test
    void a_tiff_counts_as_decoded_whole() {
        byte[] tiff = Pictures.write(Pictures.quadrants(2000, 1600), "tiff");
        PictureDecoder small = new PictureDecoder(50_000_000, 4_000_000, Duration.ofSeconds(30));

        assertThat(decoder.decode(tiff).image().getHeight()).isEqualTo(256);
        PictureRefusedException refused = catchThrowableOfType(PictureRefusedException.class, () -> small.decode(tiff));
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused).hasMessageContaining("max-decode-bytes");
    }

    @Test
    void of_many_profiles_in_a_png_only_the_first_is_inflated() {
        byte[] plain = Pictures.write(Pictures.quadrants(30, 30), "png");
        byte[] profiled = Pictures.withProfile(plain, "png", new byte[900_000]);
        int start = 8 + 4 + 17 + 4;
        int chunk = profiled.length - plain.length;
        ByteBuffer many = ByteBuffer.allocate(plain.length + 300 * chunk).put(plain, 0, start);
        for (int i = 0; i < 300; i++) {
            many.put(profiled, start, chunk);
        }
        byte[] upload = many.put(plain, start, plain.length - start).array();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Container container = PngContainer.scan(upload);

        assertThat(container.profile()).hasSize(900_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000_000);
    }

    @Test
    void the_limit_is_on_pixels_as_uploaded() {
        PictureDecoder small = new PictureDecoder(100 * 100, 400_000_000, Duration.ofSeconds(30));

        assertThat(small.decode(Pictures.jpeg(100, 100)).image().getWidth()).isEqualTo(100);
        PictureRefusedException refused =
                catchThrowableOfType(PictureRefusedException.class, () -> small.decode(Pictures.jpeg(100, 101)));
        assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_PIXELS);
    }

    @Test
    void random_damage_is_either_decoded_or_refused_but_never_anything_else() {
        byte[] whole = Pictures.write(Pictures.quadrants(64, 64), "png");
        Random random = new Random(7);

        for (byte[] file : new byte[][] {whole, Pictures.jpeg(64, 64), Pictures.resource("lossy.webp")}) {
            for (int i = 0; i < 300; i++) {
                byte[] damaged = file.clone();
                // Beyond the first bytes, so that it is still of its type.
                ByteBuffer.wrap(damaged).putInt(16 + random.nextInt(file.length - 20), random.nextInt());
                try {
                    assertThat(decoder.decode(damaged).image().getWidth()).isPositive();
                } catch (PictureRefusedException e) {
                    assertThat(e.reason()).isIn(Reason.CORRUPT, Reason.TOO_MANY_PIXELS, Reason.UNSUPPORTED);
                }
            }
        }
    }

    private PictureRefusedException refused(byte[] file) {
        PictureRefusedException refused =
                catchThrowableOfType(PictureRefusedException.class, () -> decoder.decode(file));
        assertThat(refused).as("refused").isNotNull();
        return refused;
    }
}
