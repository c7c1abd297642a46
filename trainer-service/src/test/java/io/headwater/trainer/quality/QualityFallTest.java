package io.headwater.trainer.quality;

import static io.headwater.trainer.quality.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Artifact;
import io.headwater.events.JudgedAnswer;
import io.headwater.events.ModelMetrics;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.PredictionJudged;
import io.headwater.events.Quality;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QualityFallTest {
    private static final QualitySettings DEFAULT = QualitySettings.DEFAULT;
    static final QualitySettings SETTINGS = new QualitySettings(
            DEFAULT.labelWindow(),
            DEFAULT.window(),
            DEFAULT.windows(),
            DEFAULT.recentImages(),
            DEFAULT.falseAlarmRate(),
            Counted.ALL,
            DEFAULT.labelsPerAnnotatorHour(),
            DEFAULT.labelsOfOthers());

    private final LiveQuality live = new LiveQuality();

    @Test
    void a_fall_is_said_with_its_numbers() {
        fill(150, 0.62);

        FallCheck check = check(0.85, 400);

        assertThat(check.fallen()).isTrue();
        assertThat(check.images()).isEqualTo(150);
        assertThat(check.sentence())
                .hasValue("Live accuracy of version 7 is 0.62 on the last 100 labelled images; 0.85 was expected.");
    }

    @Test
    void labels_of_what_a_version_gets_wrong_are_no_fall_unless_all_count() {
        for (int i = 0; i < 600; i++) {
            put(i, Counted.isSampled("image-" + i));
        }

        assertThat(check(0.85, 400).fallen()).isTrue();
        assertThat(QualityFall.check(version(0.85, 400), NOON, live, DEFAULT)
                        .orElseThrow()
                        .fallen())
                .isFalse();
    }

    @Test
    void what_one_alone_says_is_no_fall_where_others_label_too() {
        for (int i = 0; i < 240; i++) {
            put(i, i * 37 % 100 < 84, "person-" + i % 3);
        }
        for (int i = 240; i < 340; i++) {
            put(i, false, "script");
        }

        FallCheck check = check(0.85, 400);

        assertThat(check.evidence()).isGreaterThan(check.alarm());
        assertThat(check.sentence()).isEmpty();
        assertThat(check.alone()).hasValue("script");
    }

    @Test
    void what_several_say_is_a_fall() {
        for (int i = 0; i < 300; i++) {
            put(i, i * 37 % 100 < 62, "person-" + i % 2);
        }

        FallCheck check = check(0.85, 400);

        assertThat(check.fallen()).isTrue();
        assertThat(check.alone()).isEmpty();
    }

    @Test
    void a_steady_version_has_not_fallen() {
        fill(1_000, 0.84);

        assertThat(check(0.85, 400).sentence()).isEmpty();
    }

    @Test
    void a_small_holdout_promises_little() {
        fill(150, 0.62);

        FallCheck check = check(0.85, 20);

        assertThat(check.promised()).isLessThan(0.63);
        assertThat(check.fallen()).isFalse();
    }

    @Test
    void a_version_that_was_never_right_or_never_measured_promises_nothing() {
        fill(100, 0);

        assertThat(QualityFall.check(version(0, 100), NOON, live, SETTINGS)).isEmpty();
        assertThat(QualityFall.check(version(0, 0), NOON, live, SETTINGS)).isEmpty();
    }

    @Test
    void what_was_labelled_before_counts_no_more() {
        fill(150, 0.62);

        FallCheck check = QualityFall.check(version(0.85, 400), NOON.plusSeconds(200), live, SETTINGS)
                .orElseThrow();

        assertThat(check.images()).isZero();
        assertThat(check.fallen()).isFalse();
    }

    @Test
    void what_is_good_again_has_not_fallen_any_more() {
        fill(150, 0.62);
        for (int i = 0; i < 100; i++) {
            put(1_000 + i, true);
        }

        FallCheck check = check(0.85, 400);

        assertThat(check.evidence()).isGreaterThan(check.alarm());
        assertThat(check.fallen()).isFalse();
    }

    /** A look after every one of 1,000 labels, at versions whose holdout is a sample too. */
    @Test
    void a_steady_version_raises_few_false_alarms_and_a_fall_of_15_points_is_found() {
        int tries = 400;
        int holdout = 500;
        double accuracy = 0.85;
        Random random = new Random(3);
        int falseAlarms = 0;
        long labelsUntilFound = 0;
        int found = 0;
        for (int i = 0; i < tries; i++) {
            long right = random.doubles(holdout).filter(draw -> draw < accuracy).count();
            double promised = ExactBound.below(right, holdout, SETTINGS.falseAlarmRate() / 2);
            falseAlarms += looksUntilAlarm(random, promised, accuracy) > 0 ? 1 : 0;
            int looks = looksUntilAlarm(random, promised, accuracy - 0.15);
            found += looks > 0 ? 1 : 0;
            labelsUntilFound += looks;
        }

        assertThat(falseAlarms).isLessThanOrEqualTo(tries * 5 / 100);
        assertThat(found).isGreaterThanOrEqualTo(tries * 99 / 100);
        assertThat(labelsUntilFound / found).isLessThan(200);
    }

    /** The looks until the first alarm; 0 if none of 1,000 raises one. */
    private static int looksUntilAlarm(Random random, double promised, double accuracy) {
        List<Boolean> answers =
                random.doubles(1_000).mapToObj(draw -> draw < accuracy).toList();
        List<Double> wealth = FallTest.wealth(answers, promised);
        double alarm = 2 / SETTINGS.falseAlarmRate();
        for (int look = 0; look < wealth.size(); look++) {
            if (wealth.get(look) >= alarm) {
                return look + 1;
            }
        }
        return 0;
    }

    private FallCheck check(double accuracy, int holdout) {
        return QualityFall.check(version(accuracy, holdout), NOON, live, SETTINGS)
                .orElseThrow();
    }

    /** Of every hundred in a row, so many are right. */
    private void fill(int count, double accuracy) {
        for (int i = 0; i < count; i++) {
            put(i, i * 37 % 100 < Math.round(accuracy * 100));
        }
    }

    private void put(int i, boolean right) {
        put(i, right, "test");
    }

    private void put(int i, boolean right, String annotator) {
        var at = NOON.plusSeconds(1).plusMillis(i);
        live.put(
                "image-" + i,
                new PredictionJudged(
                        "cat",
                        annotator,
                        at,
                        at,
                        1L,
                        false,
                        List.of(new JudgedAnswer(7L, right ? "cat" : "dog", 0.7f, right, null)),
                        List.of()));
    }

    static ModelPublished version(double accuracy, long holdout) {
        Artifact none = new Artifact("x", "0".repeat(64), 1L);
        Quality quality = new Quality(accuracy, 0.5);
        return ModelPublished.newBuilder()
                .setVersion(7L)
                .setState(ModelState.STABLE)
                .setReason("test")
                .setModel(none)
                .setHead(none)
                .setBackbone("b")
                .setLabels(List.of("cat", "dog"))
                .setExamples(100L)
                .setHoldoutExamples(holdout)
                .setMetrics(new ModelMetrics(quality, quality, 0.5, null))
                .setTrigger("test")
                .setExampleOffsets(Map.of())
                .setHyperparameters(Map.of())
                .setTrainedAt(NOON)
                .build();
    }
}
