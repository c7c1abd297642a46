package io.headwater.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private final ConsumerRecord<byte[], byte[]> origin =
            new ConsumerRecord<>("images", 3, 17L, new byte[] {1}, new byte[] {2, 3});

    @Test
    void keeps_the_bytes_and_tells_reason_and_origin() {
        ProducerRecord<byte[], byte[]> letter = DeadLetters.of("images.dlt", origin, "not an image");

        assertThat(letter.topic()).isEqualTo("images.dlt");
        assertThat(letter.key()).containsExactly(1);
        assertThat(letter.value()).containsExactly(2, 3);
        assertThat(header(letter, DeadLetters.REASON)).isEqualTo("not an image");
        assertThat(header(letter, DeadLetters.ORIGIN_TOPIC)).isEqualTo("images");
        assertThat(header(letter, DeadLetters.ORIGIN_PARTITION)).isEqualTo("3");
        assertThat(header(letter, DeadLetters.ORIGIN_OFFSET)).isEqualTo("17");
    }

    @Test
    void keeps_the_trace() {
        origin.headers().add("traceparent", "00-abc".getBytes(StandardCharsets.UTF_8));

        assertThat(header(DeadLetters.of("images.dlt", origin, "why"), "traceparent"))
                .isEqualTo("00-abc");
    }

    @Test
    void a_second_death_replaces_the_reason_of_the_first() {
        origin.headers().add(DeadLetters.REASON, "before".getBytes(StandardCharsets.UTF_8));

        ProducerRecord<byte[], byte[]> letter = DeadLetters.of("images.dlt", origin, "now");

        assertThat(letter.headers().headers(DeadLetters.REASON)).hasSize(1);
        assertThat(header(letter, DeadLetters.REASON)).isEqualTo("now");
    }

    @Test
    void an_endless_reason_is_cut() {
        assertThat(header(DeadLetters.of("images.dlt", origin, "x".repeat(5000)), DeadLetters.REASON))
                .hasSize(1024);
    }

    private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
