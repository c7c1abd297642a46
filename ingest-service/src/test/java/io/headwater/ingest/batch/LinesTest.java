package io.headwater.ingest.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void lines_end_with_their_end_or_that_of_the_stream() throws Exception {
        assertThat(read("a\nbc\r\n\n  \n\td")).containsExactly("a", "bc\r", "d");
        assertThat(read("")).isEmpty();
        assertThat(read("\n\n")).isEmpty();
    }

    @Test
    void a_line_longer_than_any_buffer_comes_whole() throws Exception {
        String longLine = "x".repeat(200_000);

        assertThat(read(longLine + "\ny")).containsExactly(longLine, "y");
    }

    @Test
    void what_was_not_read_of_a_line_is_passed_over() throws Exception {
        Lines lines = new Lines(stream("first " + "x".repeat(100_000) + "\nsecond"));
        try (InputStream first = lines.next().orElseThrow()) {
            assertThat(first.readNBytes(5)).isEqualTo("first".getBytes(UTF_8));
        }

        assertThat(new String(lines.next().orElseThrow().readAllBytes(), UTF_8)).isEqualTo("second");
    }

    private static List<String> read(String text) throws IOException {
        Lines lines = new Lines(stream(text));
        List<String> found = new ArrayList<>();
        Optional<InputStream> line = lines.next();
        while (line.isPresent()) {
            try (InputStream in = line.get()) {
                found.add(new String(in.readAllBytes(), UTF_8));
            }
            line = lines.next();
        }
        return found;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
