package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.Settings;
import io.headwater.inference.fixture.Stream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final String prefix = UUID.randomUUID() + "-";
    private Stream stream;
    private KafkaClients clients;
    private Consumer<byte[], byte[]> consumer;

    @BeforeEach
    void start() {
        stream = new Stream(Broker.bootstrapServers(), prefix);
        clients = new KafkaClients(
                Map.of("bootstrap.servers", Broker.bootstrapServers()), Settings.of(prefix + "group", prefix + "same"));
        consumer = clients.consumer();
        consumer.assign(List.of(images()));
    }

    @AfterEach
    void stop() {
        consumer.close();
        stream.close();
    }

    @Test
    void a_zombie_commits_nothing_once_its_successor_has_begun() {
        try (Output zombie = transactional();
                Output successor = transactional()) {
            // Given
            zombie.open();
            zombie.send(letter("zombie"));
            successor.open();

            // When
            assertThatThrownBy(() -> zombie.commit(offset(7))).isInstanceOf(KafkaException.class);
            successor.send(letter("successor"));
            successor.commit(offset(3));

            // Then
            assertThat(stream.deadLetters()).extracting(OutputTest::key).containsExactly("successor");
            assertThat(committed()).isEqualTo(3);
        }
    }

    @Test
    void what_is_not_committed_is_not_seen_in_a_transaction() {
        try (Output first = transactional();
                Output second = transactional()) {
            first.open();
            first.send(letter("one"));
            first.commit(offset(1));
            first.send(letter("two"));
            first.close();

            second.open();

            assertThat(stream.deadLetters()).extracting(OutputTest::key).containsExactly("one");
            assertThat(committed()).isEqualTo(1);
        }
    }

    @Test
    void offsets_are_committed_after_the_results_without_transactions() {
        try (Output plain = new PlainOutput(clients.plainProducer(), consumer)) {
            plain.open();
            plain.send(letter("one"));

            plain.commit(offset(5));

            assertThat(stream.deadLetters()).extracting(OutputTest::key).containsExactly("one");
            assertThat(committed()).isEqualTo(5);
        }
    }

    @Test
    void a_result_that_is_not_acknowledged_keeps_the_offsets_back_without_transactions() {
        try (Output plain = new PlainOutput(clients.plainProducer(), consumer)) {
            plain.send(new ProducerRecord<>(
                    stream.topics().deadLetters(stream.topics().images()).name(), new byte[7 << 20]));

            assertThatThrownBy(() -> plain.commit(offset(5))).isInstanceOf(KafkaException.class);

            assertThat(consumer.committed(Set.of(images())).get(images())).isNull();
        }
    }

    private Output transactional() {
        return new TransactionalOutput(clients.producer(), consumer);
    }

    private TopicPartition images() {
        return new TopicPartition(stream.topics().images().name(), 0);
    }

    private Map<TopicPartition, OffsetAndMetadata> offset(long offset) {
        return Map.of(images(), new OffsetAndMetadata(offset));
    }

    private long committed() {
        return consumer.committed(Set.of(images())).get(images()).offset();
    }

    private ProducerRecord<byte[], byte[]> letter(String key) {
        return new ProducerRecord<>(
                stream.topics().deadLetters(stream.topics().images()).name(),
                key.getBytes(StandardCharsets.UTF_8),
                new byte[] {1});
    }

    private static String key(ConsumerRecord<byte[], byte[]> entry) {
        return new String(entry.key(), StandardCharsets.UTF_8);
    }
}
