package io.headwater.trainer.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.Backbone;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageLabelled;
import io.headwater.events.LabelledExample;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What depends on the time, with a clock that is put forward. */
class ExamplesTopologyTest {
    private static final Backbone BACKBONE = new Backbone("b".repeat(64), "test", "backbone.onnx", 1L, 64, 3, 0L);
    private static final float[] VECTOR = {1, 2, 3};
    private static final Duration WINDOW = Duration.ofDays(10);
    private static final Topics TOPICS = new Topics("", 1, 1);
    private static final EventFormat FORMAT = EventFormat.singleObject();

    @TempDir
    Path state;

    private final LabelBacklog backlog = new LabelBacklog();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private TopologyTestDriver driver;
    private TestInputTopic<String, ImageLabelled> labels;
    private TestInputTopic<String, ImageEmbedded> embeddings;
    private TestInputTopic<String, LabelledExample> before;
    private TestOutputTopic<String, LabelledExample> examples;

    @BeforeEach
    void start() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG, "test",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1",
                StreamsConfig.STATE_DIR_CONFIG, state.toString()));
        driver = new TopologyTestDriver(
                new ExamplesTopology(TOPICS, FORMAT, BACKBONE, WINDOW, backlog).build(), properties, now);
        labels = driver.createInputTopic(
                TOPICS.labels().name(), new StringSerializer(), FORMAT.serializer(ImageLabelled.class));
        embeddings = driver.createInputTopic(
                TOPICS.embeddings().name(), new StringSerializer(), FORMAT.serializer(ImageEmbedded.class));
        before = driver.createInputTopic(
                TOPICS.examples().name(), new StringSerializer(), FORMAT.serializer(LabelledExample.class));
        examples = driver.createOutputTopic(
                TOPICS.examples().name(), new StringDeserializer(), FORMAT.deserializer(LabelledExample.class));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void a_label_that_comes_days_after_its_image_makes_an_example_of_the_day_it_came() {
        embed("image");
        pass(Duration.ofDays(9));
        label("image", "cat");

        TestRecord<String, LabelledExample> example = examples.readRecord();
        assertThat(example.value().getLabel()).isEqualTo("cat");
        assertThat(example.getRecordTime()).isEqualTo(now);
    }

    @Test
    void a_label_that_comes_days_before_its_image_makes_an_example_and_waits_until_then() {
        label("image", "cat");
        pass(Duration.ofDays(9));
        assertThat(backlog.count()).isEqualTo(new LabelBacklog.Count(1, 0));

        embed("image");
        pass(Duration.ofSeconds(10));

        assertThat(examples.readValue().getLabel()).isEqualTo("cat");
        assertThat(backlog.count()).isEqualTo(new LabelBacklog.Count(0, 0));
    }

    @Test
    void a_label_whose_image_never_came_is_late_after_the_window_and_still_counts_when_it_comes() {
        label("image", "cat");
        label("taken back", "cat");
        pass(WINDOW.plusDays(1));
        label("other", "cat");
        labels.pipeInput("taken back", null);
        pass(Duration.ofSeconds(10));
        assertThat(backlog.count()).isEqualTo(new LabelBacklog.Count(1, 1));
        examples.readKeyValuesToList();

        embed("image");

        assertThat(examples.readValue().getLabel()).isEqualTo("cat");
    }

    @Test
    void an_embedding_without_a_label_is_dropped_after_the_window_and_a_label_after_that_waits() {
        embed("image");
        pass(WINDOW.plusDays(1));
        label("image", "cat");
        pass(Duration.ofSeconds(10));

        assertThat(examples.isEmpty()).isTrue();
        assertThat(backlog.count()).isEqualTo(new LabelBacklog.Count(1, 0));
    }

    @Test
    void the_embedding_of_a_labelled_image_stays_for_ever() {
        embed("image");
        label("image", "cat");
        pass(WINDOW.multipliedBy(5));
        label("image", "dog");

        assertThat(examples.readValuesToList())
                .extracting(LabelledExample::getLabel)
                .containsExactly("cat", "dog");
    }

    @Test
    void the_embedding_of_an_image_whose_label_is_taken_back_stays_for_the_window_from_then_on() {
        embed("image");
        label("image", "cat");
        pass(WINDOW.multipliedBy(5));
        labels.pipeInput("image", null);
        pass(WINDOW.minusDays(1));
        label("image", "dog");
        assertThat(examples.readValuesToList())
                .extracting(example -> example == null ? null : example.getLabel())
                .containsExactly("cat", null, "dog");

        labels.pipeInput("image", null);
        pass(WINDOW.plusDays(1));
        label("image", "emu");

        assertThat(examples.readValuesToList()).containsExactly((LabelledExample) null);
    }

    @Test
    void an_example_tells_where_its_label_and_its_embedding_stood() {
        label("a", "cat");
        label("b", "cat");
        embed("a");
        embed("b");
        label("a", "dog");

        var read = examples.readKeyValuesToList();
        assertThat(read).extracting(entry -> entry.key).containsExactly("a", "b", "a");
        assertThat(read).extracting(entry -> entry.value.getLabelOffset()).containsExactly(0L, 1L, 2L);
        assertThat(read).extracting(entry -> entry.value.getEmbeddingOffset()).containsExactly(0L, 1L, 0L);
    }

    @Test
    void an_embedding_taken_back_takes_the_example_back_and_its_label_waits() {
        embed("image");
        label("image", "cat");
        embeddings.pipeInput("image", null);
        pass(Duration.ofSeconds(10));

        assertThat(examples.readKeyValuesToList())
                .extracting(entry -> entry.value == null)
                .containsExactly(false, true);
        assertThat(backlog.count()).isEqualTo(new LabelBacklog.Count(1, 0));
    }

    @Test
    void a_label_of_nothing_that_is_taken_back_is_said_once_for_an_earlier_application_may_have_made_an_example() {
        labels.pipeInput("image", null);
        labels.pipeInput("image", null);

        assertThat(examples.readKeyValuesToList())
                .extracting(entry -> entry.value == null)
                .containsExactly(true);
    }

    @Test
    void what_an_earlier_application_made_is_no_news_and_its_label_can_still_be_changed() {
        earlier("image", "cat");
        earlier("not known", "cat");
        label("image", "cat");
        assertThat(examples.isEmpty()).isTrue();

        pass(WINDOW.multipliedBy(5));
        label("image", "dog");

        LabelledExample example = examples.readValue();
        assertThat(example.getLabel()).isEqualTo("dog");
        assertThat(example.getVector()).isEqualTo(EmbeddingVector.toBytes(VECTOR));
        assertThat(example.getEmbeddingOffset()).isEqualTo(-1);
    }

    @Test
    void a_label_that_was_changed_before_the_earlier_example_is_read_replaces_it() {
        label("image", "dog");
        labels.pipeInput("gone", null);
        examples.readKeyValuesToList();

        earlier("image", "cat");
        earlier("gone", "cat");

        assertThat(examples.readKeyValuesToList()).singleElement().satisfies(entry -> {
            assertThat(entry.key).isEqualTo("image");
            assertThat(entry.value.getLabel()).isEqualTo("dog");
        });
    }

    @Test
    void an_example_of_another_backbone_is_passed_over() {
        before.pipeInput(
                "image",
                new LabelledExample(
                        "cat",
                        now,
                        "c".repeat(64),
                        EmbeddingVector.toBytes(VECTOR),
                        HoldoutSplit.of("image"),
                        -1L,
                        -1L));

        label("image", "dog");

        assertThat(examples.isEmpty()).isTrue();
    }

    @Test
    void a_window_of_nothing_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> new ExamplesSettings(Map.of(), "", state, 1, TOPICS, FORMAT, Duration.ZERO))
                .hasMessageContaining("headwater.training.label-window is PT0S");
    }

    private void label(String id, String label) {
        labels.pipeInput(id, new ImageLabelled(label, "test", now));
    }

    private void embed(String id) {
        embeddings.pipeInput(id, new ImageEmbedded(BACKBONE.getId(), EmbeddingVector.toBytes(VECTOR), now));
    }

    /** Release 0.1 didn't say where things stood. */
    private void earlier(String id, String label) {
        before.pipeInput(
                id,
                new LabelledExample(
                        label, now, BACKBONE.getId(), EmbeddingVector.toBytes(VECTOR), HoldoutSplit.of(id), -1L, -1L));
    }

    /** In steps, so that everything that is done from time to time is done. */
    private void pass(Duration time) {
        Duration step = time.dividedBy(50);
        for (int i = 0; i < 50; i++) {
            now = now.plus(step);
            driver.advanceWallClockTime(step);
        }
    }
}
