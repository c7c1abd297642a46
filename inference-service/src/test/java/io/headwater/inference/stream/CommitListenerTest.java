package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.Pipelines;
import io.headwater.inference.fixture.Settings;
import io.headwater.inference.fixture.Stream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitListenerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int IMAGES = 200;

    @TempDir
    Path directory;

    private final String prefix = UUID.randomUUID() + "-";
    private final List<CommittedImage> told = new CopyOnWriteArrayList<>();
    private Stream stream;
    private Pipelines pipelines;

    @BeforeEach
    void start() {
        stream = new Stream(Broker.bootstrapServers(), prefix);
        pipelines = new Pipelines(Broker.bootstrapServers(), stream, directory);
    }

    @AfterEach
    void stop() {
        pipelines.close();
        stream.close();
    }

    @Test
    void in_each_partition_results_and_what_is_told_have_the_order_of_the_images() {
        // Given
        stream.images("image", 0, IMAGES);
        try (ImagePipeline pipeline = pipeline("instance")) {
            pipeline.tell(told::addAll);

            // When
            pipeline.start();
            await().atMost(PATIENCE).until(() -> told.size() == IMAGES);
        }

        // Then
        Map<Integer, List<String>> images =
                keys(stream.committed(stream.topics().images()));
        assertThat(images).hasSizeGreaterThan(1);
        assertThat(keys(stream.committed(stream.topics().predictions()))).isEqualTo(images);
        assertThat(keys(stream.committed(stream.topics().embeddings()))).isEqualTo(images);
        assertThat(told.stream()
                        .collect(Collectors.groupingBy(
                                CommittedImage::partition,
                                Collectors.mapping(CommitListenerTest::id, Collectors.toList()))))
                .isEqualTo(images);
    }

    @Test
    void a_listener_that_throws_takes_nothing_from_the_images() {
        stream.images("image", 0, IMAGES);
        try (ImagePipeline pipeline = pipeline("instance")) {
            pipeline.tell(images -> {
                told.addAll(images);
                throw new IllegalStateException("on purpose");
            });

            pipeline.start();

            await().atMost(PATIENCE).until(() -> told.size() == IMAGES);
            assertThat(pipelines
                            .registry()
                            .get("headwater.inference.restarts")
                            .counter()
                            .count())
                    .isZero();
        }
        assertThat(stream.predictions()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(ids());
    }

    @Test
    void of_a_commit_that_fails_nothing_is_told() {
        // Given
        stream.images("image", 0, IMAGES);
        try (ImagePipeline first = pipeline("same");
                ImagePipeline second = pipeline("same")) {
            first.tell(told::addAll);
            second.tell(told::addAll);
            first.start();
            await().atMost(PATIENCE).until(() -> !told.isEmpty());

            // When
            second.start();

            // Then
            await().atMost(PATIENCE).until(() -> stream.predictions().size() == IMAGES);
            await().atMost(PATIENCE).until(() -> told.size() >= IMAGES);
            // Whoever was shut out had results that it could not commit, and the other one made them again.
            assertThat(pipelines
                            .registry()
                            .get("headwater.inference.restarts")
                            .counter()
                            .count())
                    .isPositive();
        }
        assertThat(told).extracting(CommitListenerTest::id).containsExactlyInAnyOrder(ids());
    }

    private ImagePipeline pipeline(String instance) {
        return pipelines.pipeline(Settings.of(prefix + "group", prefix + instance));
    }

    private static Map<Integer, List<String>> keys(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::partition,
                        Collectors.mapping(
                                record -> new String(record.key(), StandardCharsets.UTF_8), Collectors.toList())));
    }

    private static String id(CommittedImage image) {
        return new String(image.key(), StandardCharsets.UTF_8);
    }

    private static String[] ids() {
        return IntStream.range(0, IMAGES).mapToObj(i -> "image-" + i).toArray(String[]::new);
    }
}
