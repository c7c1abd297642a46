package io.headwater.trainer.quality;

import static io.headwater.trainer.quality.Events.NOON;
import static io.headwater.trainer.quality.Events.judged;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.QualityMeasured;
import io.headwater.events.WindowQuality;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a real broker. */
class QualityTopicTest {
    private final Stream stream = new Stream(TestBroker.freshPrefix());
    private final AtomicBoolean leads = new AtomicBoolean(true);

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void what_has_changed_is_written_and_what_is_no_longer_judged_gets_a_tombstone() {
        LiveQuality live = new LiveQuality();
        try (QualityTopic topic = topic(live)) {
            live.put("1", judged("cat", 7, "cat", "dog", NOON));
            topic.write();
            topic.write();
            live.put("2", judged("dog", 8, "cat", "dog", NOON));
            topic.write();
            live.remove("2");
            topic.write();
        }

        assertThat(read()).extracting(ConsumerRecord::key).containsExactly("7", "8", "8", "9", "8", "9");
        assertThat(read()).last().extracting(ConsumerRecord::value).isNull();
        QualityMeasured seven = event(read().get(0));
        assertThat(seven.getServed().getAccuracy()).isEqualTo(1);
        assertThat(seven.getServed().getRecall()).containsEntry("cat", 1.0);
        assertThat(seven.getWindows()).hasSize(1);
        assertThat(event(read().get(1)).getShadow().getConfusion().get(0).getAnswer())
                .isEqualTo("dog");
    }

    @Test
    void windows_have_all_of_it_unless_that_would_be_too_large() {
        LiveQuality live = new LiveQuality();
        try (QualityTopic topic = topic(live)) {
            live.put("1", judged("cat", 7, "cat", "dog", NOON));
            topic.write();
            for (int i = 0; i < 1_500; i++) {
                // Every image is confused in a way of its own, and the names are as long as the front door takes them.
                String truth = "%064d".formatted(i);
                live.put(
                        "image-" + i,
                        judged(truth, 7, truth.replace('0', 'x'), truth, NOON.plusSeconds(3_600L * (i % 24))));
            }
            topic.write();
        }

        WindowQuality small = event(read().get(0)).getWindows().get(0);
        assertThat(small.getServed().getRecall()).containsEntry("cat", 1.0);
        assertThat(small.getServed().getConfusion()).hasSize(1);
        assertThat(small.getSampleServed().getImages()).isEqualTo(Counted.isSampled("1") ? 1 : 0);
        assertThat(read()).allSatisfy(written -> assertThat(written.value()).hasSizeLessThan(512 * 1024));
        QualityMeasured seven = event(read().get(2));
        assertThat(seven.getServed().getConfusion()).hasSize(1_501);
        assertThat(seven.getWindows()).hasSize(24).allSatisfy(window -> {
            assertThat(window.getServed().getImages()).isPositive();
            assertThat(window.getServed().getConfusion()).isEmpty();
        });
    }

    @Test
    void a_successor_that_has_read_the_judgements_in_another_order_writes_the_same_bytes() {
        LiveQuality first = new LiveQuality();
        LiveQuality second = new LiveQuality();
        for (int i = 0; i < 200; i++) {
            first.put("image-" + i, judged(i % 3 == 0 ? "cat" : "dog", 7, "cat", "dog", NOON.plusSeconds(i * 60L)));
        }
        for (int i = 199; i >= 0; i--) {
            second.put("image-" + i, judged(i % 3 == 0 ? "cat" : "dog", 7, "cat", "dog", NOON.plusSeconds(i * 60L)));
        }

        try (QualityTopic one = topic(first);
                QualityTopic other = topic(second)) {
            one.write();
            other.write();
        }

        List<ConsumerRecord<String, byte[]>> written = read();
        assertThat(written).extracting(ConsumerRecord::key).containsExactly("7", "8", "7", "8");
        assertThat(written.get(2).value()).isEqualTo(written.get(0).value());
        assertThat(written.get(3).value()).isEqualTo(written.get(1).value());
    }

    @Test
    void who_does_not_lead_writes_nothing_and_says_all_of_it_when_it_does() {
        LiveQuality live = new LiveQuality();
        live.put("1", judged("cat", 7, "cat", "dog", NOON));
        try (QualityTopic topic = topic(live)) {
            leads.set(false);
            topic.write();
            assertThat(read()).isEmpty();

            leads.set(true);
            topic.write();
            leads.set(false);
            topic.write();
            leads.set(true);
            topic.write();
        }

        assertThat(read()).extracting(ConsumerRecord::key).containsExactly("7", "8", "7", "8");
    }

    @Test
    void a_successor_takes_back_what_was_said_of_a_version_that_nothing_is_known_of_any_more() {
        LiveQuality live = new LiveQuality();
        live.put("1", judged("cat", 7, "cat", "dog", NOON));
        live.put("2", judged("dog", 8, "cat", "dog", NOON));
        try (QualityTopic first = topic(live)) {
            first.write();
        }
        live.remove("2");

        try (QualityTopic successor = topic(live)) {
            successor.write();
            successor.write();
        }

        assertThat(read()).extracting(ConsumerRecord::key).containsExactly("7", "8", "9", "7", "8", "9");
        assertThat(read()).last().extracting(ConsumerRecord::value).isNull();
    }

    private QualityTopic topic(LiveQuality live) {
        return new QualityTopic(
                TestBroker.kafka(),
                stream.topics(),
                EventFormat.singleObject(),
                live,
                QualitySettings.DEFAULT,
                leads::get);
    }

    private List<ConsumerRecord<String, byte[]>> read() {
        return stream.read(stream.topics().quality().name());
    }

    private static QualityMeasured event(ConsumerRecord<String, byte[]> written) {
        return EventFormat.singleObject().deserializer(QualityMeasured.class).deserialize("", written.value());
    }
}
