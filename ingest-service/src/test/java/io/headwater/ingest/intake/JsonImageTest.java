package io.headwater.ingest.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonImageTest {
    private static final int MIB = 1024 * 1024;

    @Test
    void every_member_is_read_and_others_are_passed_over() throws Exception {
        JsonImage image = read(
                """
                {"tags": [{"a": [1, 2]}], "id": "x1", "image": "AQID", "label": "tulip", "annotator": null,
                 "source": "camera", "image2": "AAAA"}""");

        assertThat(image.image()).containsExactly(1, 2, 3);
        assertThat(image.id()).contains("x1");
        assertThat(image.label()).contains("tulip");
        assertThat(image.annotator()).isEmpty();
        assertThat(image.source()).contains("camera");
    }

    @Test
    void an_image_of_many_bytes_comes_whole() throws Exception {
        byte[] bytes = new byte[MIB - 1];
        new Random(3).nextBytes(bytes);

        JsonImage image = read("{\"image\": \"" + Base64.getEncoder().encodeToString(bytes) + "\"}");

        assertThat(image.image()).isEqualTo(bytes);
    }

    @Test
    void an_image_of_too_many_bytes_is_refused() {
        String json = "{\"image\": \"" + Base64.getEncoder().encodeToString(new byte[MIB + 1]) + "\"}";

        assertThat(refused(json).kind()).isEqualTo(ProblemKind.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"AQID\"",
                "{",
                "{}",
                "{\"image\": 1}",
                "{\"image\": null}",
                "{\"image\": [\"AQID\"]}",
                "{\"image\": \"AQ%D\"}",
                "{\"image\": \"AQID",
                "{\"image\": \"AQID\"",
                "{\"image\": \"AQID\", \"image\": \"AQID\"}",
                "{\"image\": \"AQID\", \"label\": {}}",
                "{\"image\": \"AQID\", \"id\": 5}",
                "{\"x\": [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]], \"image\": \"AQID\"}"
            })
    void what_is_no_such_object_is_malformed(String json) {
        assertThat(refused(json).kind()).isEqualTo(ProblemKind.MALFORMED_REQUEST);
    }

    @Test
    void a_text_as_long_as_a_book_is_malformed() {
        ProblemException refused = refused("{\"label\": \"" + "x".repeat(100_000) + "\", \"image\": \"AQID\"}");

        assertThat(refused.kind()).isEqualTo(ProblemKind.MALFORMED_REQUEST);
    }

    private static ProblemException refused(String json) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(json));
        assertThat(refused).as("refused").isNotNull();
        return refused;
    }

    private static JsonImage read(String json) throws IOException {
        InFlightBytes inFlight = new InFlightBytes(4 * MIB, MIB, Duration.ZERO, Duration.ZERO);
        return JsonImage.read(
                new ByteArrayInputStream(json.getBytes(UTF_8)), new BoundedBytes(MIB, 0, inFlight.lease()));
    }
}
