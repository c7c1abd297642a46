package io.headwater.ingest.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JpegEncoderTest {
    private final JpegEncoder encoder = new JpegEncoder(0.9f);

    @Test
    void the_result_is_a_baseline_jpeg_that_anybody_reads() {
        byte[] jpeg = encoder.encode(Pictures.quadrants(341, 256));

        BufferedImage image = Pictures.read(jpeg);
        assertThat(Pictures.letters(image)).isEqualTo("RGBY");
        assertThat(image.getWidth()).isEqualTo(341);
        assertThat(new String(jpeg, ISO_8859_1)).contains("\u00ff\u00c0").doesNotContain("\u00ff\u00c2");
    }

    @Test
    void nothing_of_the_metadata_is_left() {
        byte[] upload = Pictures.withExif(Pictures.jpeg(300, 300), 1);
        assertThat(new String(upload, ISO_8859_1)).contains("Exif", "2024:05:06");

        byte[] jpeg = encoder.encode(new PictureDecoder(1_000_000, 8_000_000, Duration.ofSeconds(30))
                .decode(upload)
                .image());

        assertThat(new String(jpeg, ISO_8859_1)).doesNotContain("Exif", "2024:05:06", "\u00ff\u00e1", "\u00ff\u00e2");
    }

    @Test
    void the_same_picture_gives_the_same_bytes() {
        BufferedImage image = Pictures.quadrants(200, 100);

        assertThat(encoder.encode(image)).isEqualTo(encoder.encode(image));
    }
}
