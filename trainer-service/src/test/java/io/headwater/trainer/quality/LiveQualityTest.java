package io.headwater.trainer.quality;

import static io.headwater.trainer.quality.Events.NOON;
import static io.headwater.trainer.quality.Events.judged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.events.JudgedAnswer;
import io.headwater.events.PredictionJudged;
import io.headwater.events.Split;
import io.headwater.trainer.examples.HoldoutSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveQualityTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<String> LABELS = List.of("cat", "dog", "owl");

    private final LiveQuality live = new LiveQuality();

    @Test
    void counts_what_was_served_apart_from_what_was_only_listened_to() {
        live.put("1", judged("cat", 7, "cat", "dog", NOON));
        live.put("2", judged("cat", 7, "dog", "cat", NOON));
        live.put("3", judged("dog", 8, "dog", "dog", NOON));

        List<VersionQuality> report = live.report(HOUR, 24);

        assertThat(report).extracting(VersionQuality::version).containsExactly(9L, 8L, 7L);
        VersionQuality eight = report.get(1);
        assertThat(eight.served().images()).isEqualTo(1);
        assertThat(eight.served().right()).isEqualTo(1);
        assertThat(eight.shadow().images()).isEqualTo(2);
        assertThat(eight.shadow().right()).isEqualTo(1);
        Figures seven = report.get(2).served();
        assertThat(seven.accuracy().value()).isEqualTo(0.5);
        assertThat(seven.classes()).isEqualTo(Map.of("cat", new Figures.Recall(2, 1, Share.of(1, 2))));
        assertThat(seven.confusion())
                .containsExactly(new Figures.Confused("cat", "cat", 1), new Figures.Confused("cat", "dog", 1));
    }

    @Test
    void the_interval_of_an_accuracy_is_wilsons() {
        // Newcombe, "Two-sided confidence intervals for the single proportion", 1998: 81 of 263.
        Share share = Share.of(81, 263);

        assertThat(share.low()).isCloseTo(0.2553, within(5e-5));
        assertThat(share.high()).isCloseTo(0.3662, within(5e-5));
        assertThat(Share.of(0, 0)).isEqualTo(new Share(0, 0, 1));
    }

    @Test
    void a_log_loss_says_what_it_does_not_know() {
        live.put("1", judgedAs(new JudgedAnswer(7L, "cat", 0.8f, true, 0.8f)));
        live.put("2", judgedAs(new JudgedAnswer(7L, "dog", 0.6f, false, 0.3f)));
        live.put("3", judgedAs(new JudgedAnswer(7L, "dog", 0.9f, false, null)));
        live.put("4", judgedAs(new JudgedAnswer(7L, "dog", 0.4f, false, null)));

        Figures.LogLoss loss = live.report(HOUR, 24).get(0).served().logLoss();

        assertThat(loss.toldImages()).isEqualTo(2);
        assertThat(loss.told()).isCloseTo(-(Math.log(0.8) + Math.log(0.3)) / 2, within(1e-6));
        assertThat(loss.atLeast())
                .isCloseTo(-(Math.log(0.8) + Math.log(0.3) + Math.log(0.1) + Math.log(0.4)) / 4, within(1e-6));
    }

    @Test
    void the_random_sample_is_told_apart_and_is_that_of_the_split() {
        List<String> sampled = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            boolean heldOut = HoldoutSplit.of("image-" + i) == Split.HOLDOUT;
            // Of the others people label what the version gets wrong.
            live.put("image-" + i, judged("cat", 7, heldOut ? "cat" : "dog", "dog", NOON));
            if (heldOut) {
                sampled.add("image-" + i);
            }
        }

        VersionQuality seven = live.report(HOUR, 24).get(1);

        assertThat(sampled).hasSizeBetween(10, 30);
        assertThat(seven.served().images()).isEqualTo(100);
        assertThat(seven.sample().served().images()).isEqualTo(sampled.size());
        assertThat(seven.sample().served().accuracy().value()).isEqualTo(1);
        assertThat(seven.sample().shadow().images()).isZero();
        assertThat(live.outcomes(7, Instant.EPOCH, Set.copyOf(LABELS), Counted.SAMPLE)
                        .whole())
                .hasSize(sampled.size())
                .containsOnly(true);
    }

    @Test
    void a_window_has_confusion_recall_and_the_random_sample_too() {
        List<String> images = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            images.add("image-" + i);
            live.put("image-" + i, judged("cat", 7, Counted.isSampled("image-" + i) ? "cat" : "dog", "cat", NOON));
        }
        long sampled = images.stream().filter(Counted::isSampled).count();

        VersionQuality.Window window = live.report(HOUR, 24).get(1).windows().get(0);

        assertThat(window.served().confusion())
                .containsExactly(
                        new Figures.Confused("cat", "cat", sampled), new Figures.Confused("cat", "dog", 100 - sampled));
        assertThat(window.served().classes().get("cat").recall()).isEqualTo(Share.of(sampled, 100));
        assertThat(window.sample().served().images()).isEqualTo(sampled);
        assertThat(window.sample().served().accuracy().value()).isEqualTo(1);
        assertThat(window.sample().shadow().images()).isZero();
    }

    @Test
    void windows_are_by_the_time_of_the_answer_and_the_oldest_are_left_out() {
        live.put("1", judged("cat", 7, "dog", "dog", NOON));
        live.put("2", judged("cat", 7, "cat", "cat", NOON.plus(Duration.ofMinutes(70))));
        live.put("3", judged("cat", 7, "cat", "cat", NOON.plus(Duration.ofMinutes(200))));

        VersionQuality all = live.report(HOUR, 4).get(1);
        VersionQuality last = live.report(HOUR, 3).get(1);

        assertThat(all.windows())
                .extracting(VersionQuality.Window::from)
                .containsExactly(NOON, NOON.plus(HOUR), NOON.plus(HOUR.multipliedBy(3)));
        assertThat(all.windows().get(0).served().right()).isZero();
        assertThat(last.windows())
                .extracting(VersionQuality.Window::from)
                .containsExactly(NOON.plus(HOUR), NOON.plus(HOUR.multipliedBy(3)));
        assertThat(last.served().images()).isEqualTo(3);
    }

    @Test
    void a_corrected_label_changes_the_figures_as_if_it_had_been_the_first() {
        live.put("1", judged("cat", 7, "dog", "cat", NOON));
        live.put("2", judged("dog", 7, "dog", "cat", NOON));
        live.put("1", judged("dog", 7, "dog", "cat", NOON));
        LiveQuality straight = new LiveQuality();
        straight.put("2", judged("dog", 7, "dog", "cat", NOON));
        straight.put("1", judged("dog", 7, "dog", "cat", NOON));

        assertThat(live.report(HOUR, 24)).isEqualTo(straight.report(HOUR, 24));
    }

    @Test
    void a_label_taken_back_leaves_nothing() {
        live.put("1", judged("cat", 7, "dog", "cat", NOON));
        List<VersionQuality> before = live.report(HOUR, 24);
        live.put("2", judged("owl", 7, "dog", "cat", NOON.plus(HOUR)));
        live.remove("2");
        live.remove("never");

        assertThat(live.report(HOUR, 24)).isEqualTo(before);
        assertThat(live.size()).isEqualTo(1);
    }

    @Test
    void any_order_of_the_same_judgements_gives_the_same_figures_to_the_last_digit() {
        Random random = new Random(1);
        List<Map.Entry<String, PredictionJudged>> judgements = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String truth = LABELS.get(random.nextInt(3));
            judgements.add(Map.entry(
                    "image-" + i,
                    judgedAs(
                            truth,
                            NOON.plusSeconds(random.nextInt(20_000)),
                            new JudgedAnswer(7L, truth, random.nextFloat(), true, random.nextFloat()))));
        }
        judgements.forEach(entry -> live.put(entry.getKey(), entry.getValue()));
        List<VersionQuality> report = live.report(HOUR, 24);
        List<Boolean> outcomes =
                live.outcomes(7, Instant.EPOCH, Set.copyOf(LABELS), Counted.ALL).whole();

        Collections.shuffle(judgements, random);
        live.clear();
        judgements.forEach(entry -> live.put(entry.getKey(), entry.getValue()));

        assertThat(live.report(HOUR, 24)).isEqualTo(report);
        assertThat(live.outcomes(7, Instant.EPOCH, Set.copyOf(LABELS), Counted.ALL)
                        .whole())
                .isEqualTo(outcomes);
    }

    @Test
    void outcomes_are_in_the_order_of_the_labels_and_without_what_the_version_never_learnt() {
        live.put("1", judged("cat", 7, "dog", "cat", NOON.plusSeconds(20)));
        live.put("2", judged("cat", 7, "cat", "cat", NOON.plusSeconds(10)));
        live.put("3", judged("owl", 7, "dog", "cat", NOON.plusSeconds(15)));
        live.put("4", judged("cat", 7, "dog", "cat", NOON));

        assertThat(live.outcomes(7, NOON.plusSeconds(1), Set.of("cat", "dog"), Counted.ALL)
                        .whole())
                .containsExactly(true, false);
        assertThat(live.outcomes(8, NOON.plusSeconds(1), Set.of("cat", "dog"), Counted.ALL)
                        .whole())
                .containsExactly(true, true);
    }

    private static PredictionJudged judgedAs(JudgedAnswer answer) {
        return judgedAs("cat", NOON, answer);
    }

    private static PredictionJudged judgedAs(String truth, Instant at, JudgedAnswer answer) {
        return new PredictionJudged(truth, "test", at, at, 1L, false, List.of(answer), List.of());
    }
}
