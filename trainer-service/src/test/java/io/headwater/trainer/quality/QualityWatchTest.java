package io.headwater.trainer.quality;

import static io.headwater.trainer.quality.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Backbone;
import io.headwater.events.Lineage;
import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.events.TrainingCause;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.stream.TopicThread;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QualityWatchTest {
    private final Registry registry = new Registry();
    private final LiveQuality live = new LiveQuality();
    private final AtomicInteger reading = new AtomicInteger(1);
    private final QualityWatch watch = new QualityWatch(registry, live, QualityFallTest.SETTINGS, reading::get);

    @Test
    void nothing_is_told_before_there_is_a_stable_version() {
        assertThat(watch.check()).isEmpty();
        assertThat(watch.fall()).isEmpty();
    }

    @Test
    void a_fall_is_told_of_the_stable_version() {
        serve(version(7, NOON, TrainingCause.NEW_LABELS));
        judge(30, false, NOON.plusSeconds(1));

        assertThat(watch.fall().orElseThrow()).startsWith("Live accuracy of version 7 is 0.00 on the last 30");
    }

    @Test
    void it_looks_again_when_a_label_comes_or_goes() {
        serve(version(7, NOON, TrainingCause.NEW_LABELS));
        assertThat(watch.check().orElseThrow().images()).isZero();

        judge(3, true, NOON.plusSeconds(1));
        assertThat(watch.check().orElseThrow().images()).isEqualTo(3);

        live.remove("image-0");
        assertThat(watch.check().orElseThrow().images()).isEqualTo(2);
    }

    @Test
    void what_led_to_a_training_is_not_told_again_but_another_training_changes_nothing() {
        serve(version(7, NOON, TrainingCause.NEW_LABELS));
        judge(30, false, NOON.plusSeconds(1));

        registry.put(version(8, NOON.plusSeconds(100), TrainingCause.NEW_LABELS));
        assertThat(watch.fall()).isPresent();

        registry.put(version(9, NOON.plusSeconds(200), TrainingCause.LIVE_QUALITY));
        assertThat(watch.fall()).isEmpty();

        judge(30, false, NOON.plusSeconds(201));
        assertThat(watch.fall()).isPresent();
    }

    @Test
    void nothing_is_told_while_the_topic_is_being_read_again() {
        serve(version(7, NOON, TrainingCause.NEW_LABELS));
        judge(30, false, NOON.plusSeconds(1));

        reading.set(TopicThread.NOT_CURRENT);
        assertThat(watch.fall()).isEmpty();
        assertThat(watch.isReady()).isFalse();

        reading.set(2);
        assertThat(watch.fall()).isPresent();
    }

    private void judge(int count, boolean right, Instant from) {
        for (int i = 0; i < count; i++) {
            live.put("image-" + i, Events.judged("cat", 7, right ? "cat" : "dog", "cat", from.plusMillis(i)));
        }
    }

    private void serve(ModelPublished stable) {
        registry.put(stable);
        registry.put(RolloutChanged.newBuilder()
                .setGeneration(2L)
                .setBackbone(new Backbone("b", "test", "x", 1L, 64, 3, 0L))
                .setStable(new ServedModel(stable.getVersion(), stable.getLabels(), "x", "0".repeat(64), 1L))
                .setReason("test")
                .setChangedBy("test")
                .setChangedAt(NOON)
                .build());
    }

    private static ModelPublished version(long number, Instant trainedAt, TrainingCause cause) {
        return ModelPublished.newBuilder(QualityFallTest.version(0.85, 400))
                .setVersion(number)
                .setTrainedAt(trainedAt)
                .setLineage(new Lineage(cause, Map.of(), Map.of(), List.of(), Map.of(), "cold", Map.of()))
                .build();
    }
}
