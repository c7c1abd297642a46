package io.headwater.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.deadletter.DeadLetters;
import io.headwater.events.ImageLabelled;
import io.headwater.inference.InferenceRuntime;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.Pictures;
import io.headwater.inference.fixture.Settings;
import io.headwater.inference.fixture.Stream;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.model.Engine;
import io.headwater.inference.picture.Pixels;
import io.headwater.serde.EventFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a record: it alone becomes a dead letter, and all around it are predicted without a restart. */
class PoisonTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] KEY = "poison".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final String prefix = UUID.randomUUID() + "-";
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Stream stream;
    private InferenceRuntime runtime;

    @BeforeEach
    void start() {
        TestStore store = new TestStore(directory);
        stream = new Stream(Broker.bootstrapServers(), prefix);
        stream.rollout(TestStore.rollout(1, store.pickyBackbone(1)).setStable(store.head(1, 0)));
        runtime = new InferenceRuntime(
                Map.of("bootstrap.servers", Broker.bootstrapServers()),
                stream.topics(),
                EventFormat.singleObject(),
                ArtifactReader.of(directory),
                Settings.of(prefix + "group", prefix + "instance"),
                Pixels::new,
                Engine.cpu(1),
                registry,
                e -> {
                    throw e;
                });
    }

    @AfterEach
    void stop() {
        runtime.close();
        stream.close();
    }

    @Test
    void bytes_that_are_no_event() {
        assertOnlyItDies(
                images -> images.raw(images.topics().images(), KEY, "no event".getBytes(StandardCharsets.UTF_8)),
                "should hold ImageIngested");
    }

    @Test
    void an_event_of_another_schema() {
        byte[] label = EventFormat.singleObject()
                .serializer(ImageLabelled.class)
                .serialize("images", new ImageLabelled("cat", "ann", Instant.EPOCH));

        assertOnlyItDies(images -> images.raw(images.topics().images(), KEY, label), "should hold ImageIngested");
    }

    @Test
    void an_event_that_ends_in_the_middle() {
        byte[] half = new byte[200];
        System.arraycopy(stream.bytes(Pictures.jpeg(1)), 0, half, 0, half.length);

        assertOnlyItDies(images -> images.raw(images.topics().images(), KEY, half), "the data is damaged");
    }

    @Test
    void a_picture_that_can_not_be_decoded() {
        assertOnlyItDies(images -> images.image("poison", new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2, 3}), "the JPEG");
    }

    @Test
    void a_picture_that_claims_more_pixels_than_a_normalised_one_can_have() {
        byte[] bomb = Pictures.claiming(Pictures.jpeg(1), 65_500, 65_500);

        assertOnlyItDies(images -> images.image("poison", bomb), "65500 x 65500 pixels, more than");
    }

    @Test
    void a_record_without_a_key() {
        assertOnlyItDies(
                images -> images.raw(images.topics().images(), null, images.bytes(Pictures.jpeg(1))), "has no key");
    }

    @Test
    void a_record_without_a_value() {
        assertOnlyItDies(images -> images.raw(images.topics().images(), KEY, null), "has no value");
    }

    @Test
    void a_picture_that_makes_onnx_runtime_throw() {
        byte[] white = Pictures.jpeg(Pictures.white(40, 30));

        assertOnlyItDies(images -> images.image("poison", white), "ONNX Runtime failed");
    }

    /** All are there before the pipeline begins, so that the poison shares its batch with others. */
    private void assertOnlyItDies(Consumer<Stream> poison, String reason) {
        // Given
        stream.images("image", 0, 6);
        poison.accept(stream);
        stream.images("image", 6, 12);

        // When
        runtime.start();

        // Then
        await().atMost(PATIENCE).until(() -> stream.predictions().size() >= 12);
        assertThat(stream.predictions())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        IntStream.range(0, 12).mapToObj(i -> "image-" + i).toArray(String[]::new));
        assertThat(stream.embeddings()).hasSize(12);
        await().atMost(PATIENCE).until(() -> !stream.deadLetters().isEmpty());
        assertThat(stream.deadLetters()).hasSize(1);
        ConsumerRecord<byte[], byte[]> letter = stream.deadLetters().get(0);
        assertThat(header(letter, DeadLetters.REASON)).contains(reason);
        assertThat(header(letter, DeadLetters.ORIGIN_TOPIC))
                .isEqualTo(stream.topics().images().name());
        ConsumerRecord<byte[], byte[]> origin = stream.image(
                Integer.parseInt(header(letter, DeadLetters.ORIGIN_PARTITION)),
                Long.parseLong(header(letter, DeadLetters.ORIGIN_OFFSET)));
        assertThat(letter.key()).isEqualTo(origin.key());
        assertThat(letter.value()).isEqualTo(origin.value());
        assertThat(registry.get("headwater.inference.restarts").counter().count())
                .isZero();
        assertThat(registry.get("headwater.inference.images")
                        .tag("outcome", "rejected")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
