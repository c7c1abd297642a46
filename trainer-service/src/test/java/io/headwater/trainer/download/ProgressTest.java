package io.headwater.trainer.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final URI FILE = URI.create("http://models.example/net.onnx");

    @Test
    void says_bytes_percent_and_rate_at_most_every_three_seconds() {
        Progress progress = new Progress(FILE, OptionalLong.of(20_000_000), 4_000_000, 0);

        assertThat(progress.at(4_500_000, nanos(2.9))).isEmpty();
        assertThat(progress.at(10_000_000, nanos(3)))
                .contains("uri=http://models.example/net.onnx bytes=10000000 of=20000000 percent=50 rate=2.0 MB/s");
        assertThat(progress.at(11_000_000, nanos(5))).isEmpty();
        assertThat(progress.at(16_000_000, nanos(6)))
                .contains("uri=http://models.example/net.onnx bytes=16000000 of=20000000 percent=80 rate=2.0 MB/s");
    }

    @Test
    void says_what_it_knows_when_the_size_is_not_known() {
        assertThat(new Progress(FILE, OptionalLong.empty(), 0, 0).line(1_500_000, nanos(1)))
                .isEqualTo("uri=http://models.example/net.onnx bytes=1500000 rate=1.5 MB/s");
    }

    private static long nanos(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000)).toNanos();
    }
}
