package io.headwater.trainer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headwater.events.ImageLabelled;
import io.headwater.serde.EventFormat;
import io.headwater.serde.RegistryUnavailableException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler.DeserializationHandlerResponse;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GarbageToDeadLettersTest {
    private static final ConsumerRecord<byte[], byte[]> RECORD =
            new ConsumerRecord<>("labels", 0, 7, new byte[] {1}, new byte[] {0, 0, 0, 0, 9, 2, 2});

    private final GarbageToDeadLetters handler = new GarbageToDeadLetters();
    private final List<String> letters = new ArrayList<>();

    @BeforeEach
    void configure() {
        BiConsumer<ConsumerRecord<byte[], byte[]>, String> sink = (origin, reason) -> letters.add(reason);
        handler.configure(Map.of(GarbageToDeadLetters.SINK, sink));
    }

    @Test
    void garbage_becomes_a_dead_letter_and_the_stream_goes_on() {
        assertThat(handle(new SerializationException("too long"))).isEqualTo(DeserializationHandlerResponse.CONTINUE);

        assertThat(letters).containsExactly("too long");
    }

    @Test
    void a_schema_registry_that_is_away_is_no_fault_of_the_record() {
        // Given a registry at a port where nothing listens
        RegistryUnavailableException failure = catchThrowableOfType(
                RegistryUnavailableException.class, () -> EventFormat.registry(URI.create("http://127.0.0.1:1"))
                        .deserializer(ImageLabelled.class)
                        .deserialize("labels", RECORD.value()));

        assertThat(handle(failure)).isEqualTo(DeserializationHandlerResponse.FAIL);
        assertThat(handle(new SerializationException("wrapped", failure)))
                .isEqualTo(DeserializationHandlerResponse.FAIL);

        assertThat(letters).isEmpty();
    }

    @Test
    void garbage_of_a_topic_that_another_stream_reads_too_gets_no_second_dead_letter() {
        BiConsumer<ConsumerRecord<byte[], byte[]>, String> sink = (origin, reason) -> letters.add(reason);
        handler.configure(
                Map.of(GarbageToDeadLetters.SINK, sink, GarbageToDeadLetters.PASSED_OVER, Set.of(RECORD.topic())));

        assertThat(handle(new SerializationException("garbage"))).isEqualTo(DeserializationHandlerResponse.CONTINUE);

        assertThat(letters).isEmpty();
    }

    @Test
    void a_dead_letter_that_cannot_be_written_fails_the_stream() {
        BiConsumer<ConsumerRecord<byte[], byte[]>, String> broken = (origin, reason) -> {
            throw new KafkaException("away");
        };
        handler.configure(Map.of(GarbageToDeadLetters.SINK, broken));

        assertThat(handle(new SerializationException("garbage"))).isEqualTo(DeserializationHandlerResponse.FAIL);
    }

    private DeserializationHandlerResponse handle(Exception failure) {
        ErrorHandlerContext unused = null;
        return handler.handle(unused, RECORD, failure);
    }
}
