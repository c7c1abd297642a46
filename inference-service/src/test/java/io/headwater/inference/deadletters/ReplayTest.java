package io.headwater.inference.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    @Test
    void what_is_written_is_read_again_whatever_the_reason_says() {
        Replay replay = new Replay(
                "id", Instant.ofEpochMilli(1_700_000_000_123L), new LetterId(3, 17), "at=x\nletter=1/2 reason=häh?");

        assertThat(Replay.parse(replay.toBytes())).contains(replay);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "request=a at=yesterday letter=0/1 reason=why",
                "request=a at=2026-11-24T00:00:00Z letter=0/99999999999999999999 reason=why",
                "request=a at=2026-11-24T00:00:00Z letter=-1/0 reason=why"
            })
    void garbage_is_none(String text) {
        assertThat(Replay.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void nothing_is_none() {
        assertThat(Replay.parse(null)).isEmpty();
    }
}
