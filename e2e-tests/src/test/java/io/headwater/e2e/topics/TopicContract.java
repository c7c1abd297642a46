package io.headwater.e2e.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.ImageLabelled;
import io.headwater.serde.EventFormat;
import io.headwater.topics.IncompatibleTopicException;
import io.headwater.topics.TopicFollower;
import io.headwater.topics.TopicProvisioner;
import io.headwater.topics.TopicSpec;
import io.headwater.topics.TopicUnavailableException;
import io.headwater.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What the topics promise, on whichever Kafka {@link #bootstrapServers()} names. */
abstract class TopicContract {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final EventFormat FORMAT = EventFormat.singleObject();

    // A prefix of its own for each test: they share a broker.
    private final Topics topics = new Topics("t" + UUID.randomUUID().toString().substring(0, 8) + ".", 2, 1);

    abstract String bootstrapServers();

    @Test
    void what_is_missing_is_created_as_specified() throws Exception {
        try (Admin admin = admin()) {
            TopicProvisioner.ensure(admin, topics.all(), TIMEOUT);

            TopicSpec embeddings = topics.embeddings();
            var description = admin.describeTopics(List.of(embeddings.name()))
                    .allTopicNames()
                    .get()
                    .get(embeddings.name());
            assertThat(description.partitions()).hasSize(2);
            Set<String> names = admin.listTopics().names().get();
            assertThat(names)
                    .contains(topics.all().stream().map(TopicSpec::name).toArray(String[]::new));
        }
    }

    @Test
    void a_second_start_changes_nothing() {
        try (Admin admin = admin()) {
            TopicProvisioner.ensure(admin, topics.all(), TIMEOUT);

            TopicProvisioner.ensure(admin, topics.all(), TIMEOUT);
        }
    }

    @Test
    void another_number_of_partitions_is_refused_with_a_sentence() throws Exception {
        try (Admin admin = admin()) {
            create(
                    admin,
                    new NewTopic(topics.labels().name(), 5, (short) 1)
                            .configs(topics.labels().configuration()));

            assertThatThrownBy(() -> TopicProvisioner.ensure(admin, topics.all(), TIMEOUT))
                    .isInstanceOf(IncompatibleTopicException.class)
                    .hasMessageContaining("'" + topics.labels().name() + "' has 5 partitions")
                    .hasMessageContaining("headwater.topics.partitions");
        }
    }

    @Test
    void another_cleanup_is_refused_with_a_sentence() throws Exception {
        try (Admin admin = admin()) {
            create(
                    admin,
                    new NewTopic(topics.models().name(), 1, (short) 1)
                            .configs(Map.of("cleanup.policy", "delete", "max.message.bytes", "8388608")));

            assertThatThrownBy(() -> TopicProvisioner.ensure(admin, topics.all(), TIMEOUT))
                    .isInstanceOf(IncompatibleTopicException.class)
                    .hasMessageContaining("cleanup.policy=delete, but Headwater needs compact");
        }
    }

    @Test
    void a_message_limit_that_is_too_small_is_refused_with_a_sentence() throws Exception {
        try (Admin admin = admin()) {
            create(
                    admin,
                    new NewTopic(topics.images().name(), 2, (short) 1).configs(Map.of("max.message.bytes", "1000")));

            assertThatThrownBy(() -> TopicProvisioner.ensure(admin, topics.all(), TIMEOUT))
                    .isInstanceOf(IncompatibleTopicException.class)
                    .hasMessageContaining("up to 1000 bytes");
        }
    }

    @Test
    void a_retention_that_the_operator_chose_is_left_alone() throws Exception {
        try (Admin admin = admin()) {
            create(
                    admin,
                    new NewTopic(topics.images().name(), 2, (short) 1)
                            .configs(Map.of("max.message.bytes", "8388608", "retention.ms", "3600000")));

            TopicProvisioner.ensure(admin, topics.all(), TIMEOUT);
        }
    }

    @Test
    void a_kafka_that_is_not_there_is_said_to_be_unavailable() {
        try (Admin nowhere = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:1"))) {
            assertThatThrownBy(() -> TopicProvisioner.ensure(nowhere, topics.all(), Duration.ofSeconds(2)))
                    .isInstanceOf(TopicUnavailableException.class)
                    .hasMessageContaining("Kafka did not answer in time");
        }
    }

    @Test
    void a_follower_reads_from_the_beginning_and_then_what_comes() throws Exception {
        List<TopicFollower.Entry<ImageLabelled>> seen = new ArrayList<>();
        List<String> garbage = new ArrayList<>();
        String topic = topics.labels().name();
        try (Admin admin = admin();
                var producer = producer();
                var follower = new TopicFollower<>(
                        Map.of("bootstrap.servers", bootstrapServers()),
                        topic,
                        FORMAT.deserializer(ImageLabelled.class),
                        seen::add,
                        (entry, reason) -> garbage.add(reason))) {
            TopicProvisioner.ensure(admin, topics.all(), TIMEOUT);
            producer.send(label(topic, "a", "daisy")).get();
            producer.send(new ProducerRecord<>(topic, "b", "rubbish".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .get();
            producer.send(new ProducerRecord<>(topic, "a", null)).get();

            follower.replay(TIMEOUT);

            assertThat(seen)
                    .extracting(entry -> entry.key() + "="
                            + entry.value().map(ImageLabelled::getLabel).orElse("taken back"))
                    .containsExactly("a=daisy", "a=taken back");
            assertThat(garbage).singleElement().asString().contains("should hold ImageLabelled");
            assertThat(follower.positions().values()).contains(0L).hasSize(2);

            producer.send(label(topic, "c", "rose")).get();
            int before = seen.size();
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (seen.size() == before && System.nanoTime() < deadline) {
                follower.poll(Duration.ofMillis(200));
            }
            assertThat(seen.get(before).value().map(ImageLabelled::getLabel)).isEqualTo(Optional.of("rose"));
        }
    }

    @Test
    void a_follower_of_an_aborted_transaction_sees_nothing_and_does_not_wait() throws Exception {
        List<TopicFollower.Entry<ImageLabelled>> seen = new ArrayList<>();
        String topic = topics.labels().name();
        try (Admin admin = admin();
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", bootstrapServers(), "transactional.id", topic),
                        new StringSerializer(),
                        new ByteArraySerializer());
                var follower = new TopicFollower<>(
                        Map.of("bootstrap.servers", bootstrapServers()),
                        topic,
                        FORMAT.deserializer(ImageLabelled.class),
                        seen::add,
                        (entry, reason) -> {})) {
            TopicProvisioner.ensure(admin, topics.all(), TIMEOUT);
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(label(topic, "a", "daisy")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(label(topic, "b", "open")).get();

            follower.replay(TIMEOUT);

            assertThat(seen).isEmpty();
            producer.abortTransaction();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers()), new StringSerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<String, byte[]> label(String topic, String image, String label) {
        byte[] event = FORMAT.serializer(ImageLabelled.class)
                .serialize(topic, new ImageLabelled(label, "ann", Instant.ofEpochMilli(1)));
        return new ProducerRecord<>(topic, image, event);
    }

    private static void create(Admin admin, NewTopic topic) throws InterruptedException, ExecutionException {
        admin.createTopics(List.of(topic)).all().get();
    }
}
