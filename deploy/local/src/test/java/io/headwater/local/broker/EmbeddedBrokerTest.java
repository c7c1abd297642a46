package io.headwater.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    @TempDir
    Path directory;

    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(directory, 0);
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void what_was_produced_is_there_after_a_restart_on_the_same_port() throws Exception {
        // Given
        createTopic("letters");
        try (var producer = new KafkaProducer<String, String>(producerConfig())) {
            producer.send(new ProducerRecord<>("letters", "a", "1")).get(10, TimeUnit.SECONDS);
        }
        String address = broker.bootstrapServers();

        // When
        broker.stop();
        broker = EmbeddedBroker.start(directory, broker.port());

        // Then
        assertThat(broker.bootstrapServers()).isEqualTo(address).startsWith("127.0.0.1:");
        assertThat(read("letters", 1)).containsExactly("a=1");
    }

    @Test
    void an_aborted_transaction_is_not_seen_by_a_committed_reader() throws Exception {
        // Given
        createTopic("letters");
        var config = producerConfig();
        config.put("transactional.id", "tester");

        // When
        try (var producer = new KafkaProducer<String, String>(config)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("letters", "a", "aborted"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("letters", "b", "committed"));
            producer.commitTransaction();
        }

        // Then
        assertThat(read("letters", 1)).containsExactly("b=committed");
    }

    @Test
    void a_topic_that_nobody_created_does_not_appear_by_itself() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("nobody"))
                            .allTopicNames()
                            .get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            assertThat(admin.describeCluster().nodes().get(10, TimeUnit.SECONDS))
                    .singleElement()
                    .satisfies(node -> assertThat(node.host()).isEqualTo("127.0.0.1"));
        }
    }

    @Test
    void a_taken_port_is_refused_with_its_number(@TempDir Path other) {
        assertThatThrownBy(() -> EmbeddedBroker.start(other, broker.port()))
                .isInstanceOf(PortTakenException.class)
                .hasMessageContaining(Integer.toString(broker.port()));
    }

    private void createTopic(String name) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Set.of(new NewTopic(name, 1, (short) 1))).all().get(10, TimeUnit.SECONDS);
        }
    }

    private Map<String, Object> producerConfig() {
        return new HashMap<>(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "key.serializer", StringSerializer.class,
                "value.serializer", StringSerializer.class));
    }

    private List<String> read(String topic, int count) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                StringDeserializer.class);
        List<String> found = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        try (var consumer = new KafkaConsumer<String, String>(config)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            while (found.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(polled -> found.add(polled.key() + "=" + polled.value()));
            }
        }
        return found;
    }
}
