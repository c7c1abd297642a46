package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.Pipelines;
import io.headwater.inference.fixture.Settings;
import io.headwater.inference.fixture.Stream;
import io.headwater.local.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePipelineFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final String prefix = UUID.randomUUID() + "-";
    private Pipelines pipelines;

    @AfterEach
    void stop() {
        pipelines.close();
    }

    @Test
    void a_crash_in_the_middle_leaves_exactly_one_prediction_of_each_image() {
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix)) {
            // Given
            follow(Broker.bootstrapServers(), stream);
            stream.images("image", 0, 300);
            ImagePipeline first = pipeline("instance");
            first.start();
            await().atMost(PATIENCE).until(() -> !stream.predictions().isEmpty());

            // When
            first.kill();
            int before = stream.predictions().size();
            try (ImagePipeline second = pipeline("instance")) {
                second.start();

                // Then
                assertThat(before).isLessThan(300);
                awaitEachOnce(stream, 300);
                assertThat(second.status().images()).isEqualTo(300L - before);
            }
        }
    }

    @Test
    void a_twin_with_the_same_transactional_id_is_shut_out_and_nothing_is_predicted_twice() {
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix)) {
            // Given
            follow(Broker.bootstrapServers(), stream);
            try (ImagePipeline first = pipeline("same");
                    ImagePipeline second = pipeline("same")) {
                first.start();
                stream.images("image", 0, 50);
                await().atMost(PATIENCE).until(() -> first.status().images() > 0);

                // When
                second.start();
                stream.images("image", 50, 200);

                // Then
                awaitEachOnce(stream, 200);
                assertThat(pipelines
                                .registry()
                                .get("headwater.inference.restarts")
                                .counter()
                                .count())
                        .isPositive();
            }
        }
    }

    @Test
    void a_second_instance_takes_partitions_over_while_images_flow() {
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix)) {
            // Given
            follow(Broker.bootstrapServers(), stream);
            try (ImagePipeline first = pipeline("one");
                    ImagePipeline second = pipeline("two")) {
                first.start();
                stream.images("image", 0, 100);

                // When
                second.start();
                await().atMost(PATIENCE)
                        .until(() -> first.status().partitions() == 1
                                && second.status().partitions() == 1);
                stream.images("image", 100, 200);

                // Then
                awaitEachOnce(stream, 200);
                assertThat(first.status().images()).isPositive();
                assertThat(second.status().images()).isPositive();
                assertThat(first.status().images() + second.status().images()).isEqualTo(200);
            }
        }
    }

    @Test
    void an_instance_joins_and_leaves_while_images_flow_and_each_is_predicted_once() {
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix)) {
            // Given
            follow(Broker.bootstrapServers(), stream);
            AtomicBoolean enough = new AtomicBoolean();
            try (ImagePipeline first = pipeline("one");
                    ImagePipeline second = pipeline("two")) {
                first.start();
                CompletableFuture<Integer> upload = CompletableFuture.supplyAsync(() -> upload(stream, enough));
                await().atMost(PATIENCE).until(() -> first.status().images() > 0);

                // When
                second.start();
                await().atMost(PATIENCE).until(() -> second.status().images() > 0);
                second.close();
                await().atMost(PATIENCE).until(() -> first.status().partitions() == 2);
                long alone = first.status().images();
                await().atMost(PATIENCE).until(() -> first.status().images() > alone + 50);
                enough.set(true);

                // Then
                awaitEachOnce(stream, upload.join());
            }
        }
    }

    @Test
    void a_static_member_that_is_started_again_takes_nothing_from_the_others() throws Exception {
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix);
                Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.bootstrapServers()))) {
            // Given
            follow(Broker.bootstrapServers(), stream);
            try (ImagePipeline other =
                    pipelines.pipeline(Settings.ofStaticMember(prefix + "group", prefix + "other"))) {
                other.start();
                ImagePipeline one = pipelines.pipeline(Settings.ofStaticMember(prefix + "group", prefix + "one"));
                one.start();
                await().atMost(PATIENCE)
                        .until(() ->
                                one.status().partitions() == 1 && other.status().partitions() == 1);
                Map<String, Set<TopicPartition>> before = assignment(admin);

                // When
                one.close();
                stream.images("image", 0, 50);
                await().atMost(PATIENCE).until(() -> other.status().images() > 0);
                Map<String, Set<TopicPartition>> between = assignment(admin);
                try (ImagePipeline again =
                        pipelines.pipeline(Settings.ofStaticMember(prefix + "group", prefix + "one"))) {
                    again.start();

                    // Then
                    awaitEachOnce(stream, 50);
                    assertThat(before).hasSize(2);
                    assertThat(between).isEqualTo(before);
                    assertThat(assignment(admin)).isEqualTo(before);
                    assertThat(again.status().images()).isPositive();
                    assertThat(other.status().partitions()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void at_least_once_a_crash_loses_nothing() {
        try (Stream stream = new Stream(Broker.bootstrapServers(), prefix)) {
            // Given
            follow(Broker.bootstrapServers(), stream);
            PipelineSettings settings = Settings.of(prefix + "group", prefix + "instance", Delivery.AT_LEAST_ONCE);
            stream.images("image", 0, 300);
            ImagePipeline first = pipelines.pipeline(settings);
            first.start();
            await().atMost(PATIENCE).until(() -> !stream.predictions().isEmpty());

            // When
            first.kill();
            try (ImagePipeline second = pipelines.pipeline(settings)) {
                second.start();

                // Then
                String[] ids =
                        IntStream.range(0, 300).mapToObj(i -> "image-" + i).toArray(String[]::new);
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(stream.predictions())
                            .extracting(Map.Entry::getKey)
                            .contains(ids);
                    assertThat(stream.embeddings())
                            .extracting(Map.Entry::getKey)
                            .contains(ids);
                });
            }
        }
    }

    @Test
    void kafka_stopped_and_started_again_in_the_middle_loses_nothing_and_doubles_nothing() {
        // Given
        Path data = Broker.newDirectory();
        EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
        try (Stream stream = new Stream(broker.bootstrapServers(), prefix)) {
            follow(broker.bootstrapServers(), stream);
            stream.images("image", 0, 300);
            try (ImagePipeline pipeline = pipeline("instance")) {
                pipeline.start();
                await().atMost(PATIENCE).until(() -> pipeline.status().images() > 0);

                // When
                broker.stop();
                broker = EmbeddedBroker.start(data, broker.port());
                stream.images("image", 300, 320);

                // Then
                awaitEachOnce(stream, 320);
            }
        } finally {
            broker.stop();
        }
    }

    private void awaitEachOnce(Stream stream, int count) {
        await().atMost(PATIENCE).until(() -> stream.predictions().size() >= count);
        String[] ids = IntStream.range(0, count).mapToObj(i -> "image-" + i).toArray(String[]::new);
        assertThat(stream.predictions()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids);
        assertThat(stream.embeddings()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids);
    }

    private void follow(String bootstrapServers, Stream stream) {
        pipelines = new Pipelines(bootstrapServers, stream, directory);
    }

    /** By static member. */
    private Map<String, Set<TopicPartition>> assignment(Admin admin) throws Exception {
        return admin
                .describeConsumerGroups(List.of(prefix + "group"))
                .all()
                .get()
                .get(prefix + "group")
                .members()
                .stream()
                .collect(
                        Collectors.toMap(member -> member.groupInstanceId().orElseThrow(), member -> member.assignment()
                                .topicPartitions()));
    }

    private static int upload(Stream stream, AtomicBoolean enough) {
        int sent = 0;
        while (!enough.get()) {
            stream.images("image", sent, sent + 1);
            sent++;
        }
        return sent;
    }

    private ImagePipeline pipeline(String instance) {
        return pipelines.pipeline(Settings.of(prefix + "group", prefix + instance));
    }
}
