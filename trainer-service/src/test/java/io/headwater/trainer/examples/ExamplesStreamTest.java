package io.headwater.trainer.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.deadletter.DeadLetters;
import io.headwater.events.Backbone;
import io.headwater.events.LabelledExample;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real broker. All tests share one stream and keep apart by image id. */
class ExamplesStreamTest {
    private static final String BACKBONE = "b".repeat(64);
    private static final float[] VECTOR = {1, 2, 3};
    private static final AtomicInteger SENTINELS = new AtomicInteger();

    @TempDir
    static Path state;

    private static Stream stream;
    private static ExamplesStream examples;

    @BeforeAll
    static void start() {
        String prefix = TestBroker.freshPrefix();
        stream = new Stream(prefix);
        examples = new ExamplesStream(
                new ExamplesSettings(
                        TestBroker.kafka(),
                        prefix,
                        state,
                        1,
                        stream.topics(),
                        EventFormat.singleObject(),
                        Duration.ofDays(30)),
                new Backbone(BACKBONE, "test", "backbone.onnx", 1L, 64, VECTOR.length, 0L),
                new LabelBacklog());
        examples.start();
    }

    @AfterAll
    static void stop() {
        examples.close();
        stream.close();
    }

    @Test
    void a_label_that_comes_after_its_image_makes_an_example() {
        stream.embed("after", BACKBONE, VECTOR);
        stream.label("after", "cat");

        LabelledExample example = awaitExample("after", 1);
        float[] vector = new float[3];
        EmbeddingVector.read(example.getVector(), vector, 0);
        assertThat(vector).containsExactly(VECTOR);
        assertThat(example.getLabel()).isEqualTo("cat");
        assertThat(example.getBackbone()).isEqualTo(BACKBONE);
        assertThat(example.getSplit()).isEqualTo(HoldoutSplit.of("after"));
    }

    @Test
    void a_label_that_comes_before_its_image_still_makes_an_example() {
        stream.label("before", "cat");
        settle();
        stream.embed("before", BACKBONE, VECTOR);

        assertThat(awaitExample("before", 1).getLabel()).isEqualTo("cat");
    }

    @Test
    void a_label_taken_back_takes_the_example_back() {
        stream.embed("back", BACKBONE, VECTOR);
        stream.label("back", "cat");
        awaitExample("back", 1);

        stream.unlabel("back");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> of("back").size() == 2 && of("back").get(1).value() == null);
    }

    @Test
    void a_changed_label_replaces_the_example() {
        stream.embed("changed", BACKBONE, VECTOR);
        stream.label("changed", "cat");
        awaitExample("changed", 1);

        stream.label("changed", "dog");

        assertThat(awaitExample("changed", 2).getLabel()).isEqualTo("dog");
    }

    @Test
    void a_picture_sent_again_and_a_label_given_again_are_no_news() {
        stream.embed("again", BACKBONE, VECTOR);
        stream.label("again", "cat");
        awaitExample("again", 1);

        stream.embed("again", BACKBONE, VECTOR);
        stream.label("again", "cat");
        settle();

        assertThat(of("again")).hasSize(1);
    }

    @Test
    void an_embedding_of_another_backbone_is_passed_over() {
        stream.label("foreign", "cat");
        stream.embed("foreign", BACKBONE, VECTOR);
        awaitExample("foreign", 1);

        stream.embed("foreign", "c".repeat(64), new float[] {9, 9});
        settle();

        assertThat(of("foreign")).hasSize(1);
    }

    @Test
    void garbage_in_labels_becomes_a_dead_letter_and_stops_nothing() {
        byte[] garbage = "not an event".getBytes(UTF_8);
        stream.raw(stream.topics().labels().name(), "garbage", garbage);

        settle();

        ConsumerRecord<String, byte[]> letter =
                deadLetter(stream.topics().labels().name(), "garbage").orElseThrow();
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(new String(
                        letter.headers().lastHeader(DeadLetters.ORIGIN_TOPIC).value(), UTF_8))
                .isEqualTo(stream.topics().labels().name());
        assertThat(letter.headers().lastHeader(DeadLetters.REASON).value()).isNotEmpty();
    }

    @Test
    void large_garbage_in_embeddings_becomes_a_dead_letter_too() {
        byte[] garbage = new byte[2 * 1024 * 1024];
        String embeddings = stream.topics().embeddings().name();
        stream.raw(embeddings, "large", garbage);

        settle();

        assertThat(deadLetter(embeddings, "large").orElseThrow().value()).isEqualTo(garbage);
    }

    @Test
    void an_embedding_with_a_number_that_is_none_becomes_a_dead_letter() {
        stream.label("nan", "cat");
        stream.embed("nan", BACKBONE, new float[] {1, Float.NaN, 3});
        stream.label("narrow", "cat");
        stream.embed("narrow", BACKBONE, new float[] {1, 2});

        settle();

        String embeddings = stream.topics().embeddings().name();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> deadLetter(embeddings, "nan").isPresent()
                        && deadLetter(embeddings, "narrow").isPresent());
        assertThat(of("nan")).isEmpty();
        assertThat(of("narrow")).isEmpty();
    }

    /** Whatever was sent before has been processed when this returns: records of both partitions have come out. */
    private static void settle() {
        // Ids that fall on both partitions.
        List<String> ids = IntStream.range(0, 8)
                .mapToObj(i -> "sentinel-" + SENTINELS.incrementAndGet())
                .toList();
        for (String id : ids) {
            stream.embed(id, BACKBONE, VECTOR);
            stream.label(id, "cat");
        }
        stream.flush();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> stream.read(stream.topics().examples().name()).stream()
                        .map(ConsumerRecord::key)
                        .collect(Collectors.toSet())
                        .containsAll(ids));
    }

    private static LabelledExample awaitExample(String id, int count) {
        stream.flush();
        await().atMost(Duration.ofSeconds(60)).until(() -> of(id).size() == count);
        return EventFormat.singleObject()
                .deserializer(LabelledExample.class)
                .deserialize("", of(id).get(count - 1).value());
    }

    private static List<ConsumerRecord<String, byte[]>> of(String id) {
        return stream.read(stream.topics().examples().name()).stream()
                .filter(entry -> entry.key().equals(id))
                .toList();
    }

    private static Optional<ConsumerRecord<String, byte[]>> deadLetter(String topic, String id) {
        return stream.read(topic + ".dlt").stream()
                .filter(entry -> id.equals(entry.key()))
                .findFirst();
    }
}
