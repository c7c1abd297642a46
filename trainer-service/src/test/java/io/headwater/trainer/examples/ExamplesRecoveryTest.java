package io.headwater.trainer.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.Backbone;
import io.headwater.events.LabelledExample;
import io.headwater.events.Split;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.trainingset.ClassCount;
import io.headwater.trainer.trainingset.TrainingSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real broker: whatever happens to the instances, each labelled image is there once, with its last label. */
class ExamplesRecoveryTest {
    private static final Backbone BACKBONE = new Backbone("b".repeat(64), "test", "backbone.onnx", 1L, 64, 3, 0L);
    private static final int IMAGES = 60;
    private static final List<String> LABELS = List.of("ant", "bee", "cat");

    @TempDir
    Path state;

    private final String prefix = TestBroker.freshPrefix();
    private final Random random = new Random(7);
    /** What people said last. */
    private final Map<String, String> truth = new TreeMap<>();

    private Stream stream;

    @BeforeEach
    void start() {
        stream = new Stream(prefix);
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void a_restart_with_its_stores_goes_on_where_it_was() {
        try (ExamplesStream first = running()) {
            embedAll();
            labelSome();
            awaitTruth();
        }
        labelSome();
        try (ExamplesStream second = running()) {
            labelSome();
            awaitTruth();
        }
        assertNothingWasSaidTwice();
    }

    @Test
    void a_restart_without_its_stores_has_them_again() throws IOException {
        try (ExamplesStream first = running()) {
            embedAll();
            labelSome();
            awaitTruth();
        }
        delete(state);
        labelSome();
        try (ExamplesStream second = running()) {
            labelSome();
            awaitTruth();
        }
        assertNothingWasSaidTwice();
    }

    @Test
    void instances_that_join_and_leave_while_labels_come_in_lose_and_double_nothing() {
        embedAll();
        ExamplesStream first = running();
        labelSome();
        try (ExamplesStream second = running()) {
            labelSome();
            awaitTruth();
            labelSome();
            first.close();
            labelSome();
            awaitTruth();
            try (ExamplesStream third = running()) {
                labelSome();
                awaitTruth();
            }
            labelSome();
            awaitTruth();
        }
        assertNothingWasSaidTwice();
    }

    @Test
    void reading_all_topics_again_says_nothing_again() throws Exception {
        try (ExamplesStream first = running()) {
            embedAll();
            labelSome();
            awaitTruth();
        }
        int before = said().size();
        Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
        for (String topic : List.of(
                stream.topics().labels().name(),
                stream.topics().embeddings().name(),
                stream.topics().examples().name())) {
            beginning.put(new TopicPartition(topic, 0), new OffsetAndMetadata(0));
            beginning.put(new TopicPartition(topic, 1), new OffsetAndMetadata(0));
        }
        try (Admin admin = Admin.create(TestBroker.kafka())) {
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> admin.alterConsumerGroupOffsets(
                                    ExamplesStream.applicationId(prefix, BACKBONE), beginning)
                            .all()
                            .get());
        }

        try (ExamplesStream second = running()) {
            // Given one more on each partition, the replay is over when they are there
            label("new-1", "bee");
            label("new-2", "bee");
            label("new-3", "bee");
            awaitTruth();
        }
        assertThat(said()).hasSize(before + 3);
    }

    @Test
    void after_an_upgrade_what_the_old_application_made_is_kept_and_can_be_changed() {
        // Given images whose embeddings are in nobody's stores and no longer in their topic
        for (int i = 0; i < IMAGES; i++) {
            String id = "image-" + i;
            truth.put(id, "ant");
            stream.label(id, "ant");
            stream.raw(
                    stream.topics().examples().name(),
                    id,
                    EventFormat.singleObject()
                            .serializer(LabelledExample.class)
                            .serialize(
                                    "",
                                    new LabelledExample(
                                            "ant",
                                            Instant.now(),
                                            BACKBONE.getId(),
                                            EmbeddingVector.toBytes(vector(id)),
                                            HoldoutSplit.of(id),
                                            -1L,
                                            -1L)));
        }
        for (int i = 0; i < 5; i++) {
            truth.put("image-" + i, "bee");
            stream.label("image-" + i, "bee");
            truth.remove("image-" + (10 + i));
            stream.unlabel("image-" + (10 + i));
        }
        stream.flush();

        try (ExamplesStream upgraded = running()) {
            awaitTruth();
            assertThat(said()).hasSize(IMAGES + 10);
        }
    }

    private ExamplesStream running() {
        ExamplesStream running = new ExamplesStream(
                new ExamplesSettings(
                        TestBroker.kafka(),
                        prefix,
                        state,
                        1,
                        stream.topics(),
                        EventFormat.singleObject(),
                        Duration.ofDays(30)),
                BACKBONE,
                new LabelBacklog());
        running.start();
        return running;
    }

    private void embedAll() {
        for (int i = 0; i < IMAGES; i++) {
            String id = "image-" + i;
            stream.embed(id, BACKBONE.getId(), vector(id));
        }
    }

    /** Gives labels, changes some, takes some back, and gives some to images that come only now. */
    private void labelSome() {
        for (int i = 0; i < IMAGES / 2; i++) {
            String id = "image-" + random.nextInt(IMAGES);
            if (random.nextInt(5) == 0) {
                truth.remove(id);
                stream.unlabel(id);
            } else {
                String label = LABELS.get(random.nextInt(LABELS.size()));
                truth.put(id, label);
                stream.label(id, label);
            }
        }
        label("later-" + random.nextInt(1_000_000), "cat");
        stream.flush();
    }

    private void label(String id, String label) {
        truth.put(id, label);
        stream.label(id, label);
        stream.embed(id, BACKBONE.getId(), vector(id));
        stream.flush();
    }

    private void awaitTruth() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(last()).isEqualTo(truth));
        TrainingSet set = new TrainingSet(3);
        for (ConsumerRecord<String, byte[]> entry : said()) {
            TrainingSet.Position position = new TrainingSet.Position(
                    entry.partition(), entry.offset(), Instant.ofEpochMilli(entry.timestamp()));
            example(entry)
                    .ifPresentOrElse(
                            example -> set.put(entry.key(), example, position),
                            () -> set.remove(entry.key(), position));
        }
        Map<String, ClassCount> expected = new TreeMap<>();
        truth.forEach((id, label) -> expected.merge(
                label,
                HoldoutSplit.of(id) == Split.TRAIN ? new ClassCount(1, 0) : new ClassCount(0, 1),
                (one, other) -> new ClassCount(one.train() + other.train(), one.holdout() + other.holdout())));
        assertThat(set.counts()).isEqualTo(expected);
    }

    /** No two records of an image one after the other that say the same. */
    private void assertNothingWasSaidTwice() {
        Map<String, String> before = new HashMap<>();
        for (ConsumerRecord<String, byte[]> entry : said()) {
            String label = example(entry).map(LabelledExample::getLabel).orElse("nothing");
            assertThat(before.put(entry.key(), label)).isNotEqualTo(label);
        }
    }

    private Map<String, String> last() {
        Map<String, String> last = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> entry : said()) {
            example(entry)
                    .ifPresentOrElse(
                            example -> last.put(entry.key(), example.getLabel()), () -> last.remove(entry.key()));
        }
        return last;
    }

    private List<ConsumerRecord<String, byte[]>> said() {
        return stream.read(stream.topics().examples().name());
    }

    private static Optional<LabelledExample> example(ConsumerRecord<String, byte[]> entry) {
        return Optional.ofNullable(entry.value()).map(bytes -> EventFormat.singleObject()
                .deserializer(LabelledExample.class)
                .deserialize("", bytes));
    }

    /** Another one for each image. */
    private static float[] vector(String id) {
        int hash = id.hashCode();
        return new float[] {hash & 0xffff, hash >>> 16, 1};
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(directory))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}
