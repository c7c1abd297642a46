package io.headwater.trainer.quality;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.ImageClassified;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.stream.TopicThread;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real broker. */
class JudgementsFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();
    private Stream stream;

    @BeforeEach
    void open() {
        stream = new Stream(prefix);
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void a_restart_that_has_lost_its_stores_goes_on_with_the_same_figures() {
        LiveQuality first = new LiveQuality();
        List<VersionQuality> before;
        try (JudgementsFeed feed = feed(first, "one")) {
            for (int i = 0; i < 20; i++) {
                stream.predict("image-" + i, 7, "cat");
                stream.label("image-" + i, i % 4 == 0 ? "dog" : "cat");
            }
            stream.label("image-1", "dog");
            stream.unlabel("image-2");
            awaitImages(feed, first, 19);
            await().atMost(PATIENCE)
                    .until(() -> first.report(Duration.ofHours(1), 24)
                                    .get(0)
                                    .served()
                                    .right()
                            == 13);
            before = first.report(Duration.ofHours(1), 24);
        }

        LiveQuality second = new LiveQuality();
        try (JudgementsFeed feed = feed(second, "two")) {
            awaitImages(feed, second, 19);
            assertThat(second.report(Duration.ofHours(1), 24)).isEqualTo(before);

            // A label of an image that was predicted before the restart
            stream.label("image-2", "cat");
            awaitImages(feed, second, 20);
            assertThat(second.report(Duration.ofHours(1), 24).get(0).served().right())
                    .isEqualTo(14);
        }
    }

    @Test
    void garbage_in_predictions_becomes_one_dead_letter_and_garbage_in_labels_is_left_to_the_examples_stream() {
        String predictions = stream.topics().predictions().name();
        String labels = stream.topics().labels().name();
        LiveQuality live = new LiveQuality();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        try (JudgementsFeed feed = feed(live, "one")) {
            stream.raw(predictions, "garbage", "no event".getBytes(UTF_8));
            stream.raw(predictions, null, event(7L, "cat", 0.5f));
            stream.raw(predictions, "unsure", event(7L, "cat", Float.NaN));
            stream.raw(predictions, "mute", event(7L, null, 0.5f));
            stream.raw(labels, "garbage", "no event".getBytes(UTF_8));
            for (int i = 0; i < 8; i++) {
                stream.predict("good-" + i, 7, "cat");
                stream.label("good-" + i, "cat");
            }

            awaitImages(feed, live, 8);
        } finally {
            Metrics.removeRegistry(meters);
        }

        assertThat(stream.read(predictions + ".dlt"))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrder("garbage", null, "unsure", "mute");
        assertThat(stream.read(labels + ".dlt")).isEmpty();
        assertThat(meters.get("headwater.dead.letters")
                        .tag("topic", predictions + ".dlt")
                        .counter()
                        .count())
                .isEqualTo(4);
    }

    private JudgementsFeed feed(LiveQuality live, String state) {
        JudgementsFeed feed = new JudgementsFeed(
                TestBroker.kafka(),
                prefix + "judgements",
                directory.resolve(state),
                1,
                stream.topics(),
                EventFormat.singleObject(),
                Duration.ofDays(7),
                live);
        feed.start();
        return feed;
    }

    private static void awaitImages(JudgementsFeed feed, LiveQuality live, int images) {
        await().atMost(PATIENCE).until(() -> feed.reading() != TopicThread.NOT_CURRENT && live.size() == images);
    }

    private static byte[] event(Long version, String label, float confidence) {
        ImageClassified event = ImageClassified.newBuilder(Events.prediction(version, "cat", Instant.now()))
                .setLabel(label)
                .setConfidence(confidence)
                .build();
        return EventFormat.singleObject().serializer(ImageClassified.class).serialize("", event);
    }
}
