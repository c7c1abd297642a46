package io.headwater.ingest.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class GuardedStreamTest {
    private final GuardedStream stream =
            new GuardedStream(new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5, 6, 7}), 3);

    @Test
    void no_more_is_read_than_was_allowed() throws Exception {
        stream.allow(4, "a header");

        assertThat(stream.readNBytes(4)).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(stream::read).hasMessage("a header is too long");
        stream.allow(1, "a header");
        assertThat(stream.read()).isEqualTo(5);
        assertThat(stream.count()).isEqualTo(5);
    }

    @Test
    void the_last_bytes_are_remembered_in_their_order() throws Exception {
        assertThat(stream.tail()).isEmpty();
        stream.readNBytes(2);
        assertThat(stream.tail()).containsExactly(1, 2);
        stream.readNBytes(1);
        stream.readNBytes(1);
        assertThat(stream.tail()).containsExactly(2, 3, 4);
        stream.readAllBytes();
        assertThat(stream.tail()).containsExactly(5, 6, 7);
    }
}
