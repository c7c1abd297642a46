package io.headwater.trainer.quality;

import static io.headwater.trainer.quality.Events.NOON;
import static io.headwater.trainer.quality.Events.judged;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.PredictionJudged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One annotator gives many more labels than the others. */
class LabelFloodTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST = 20;

    private final LiveQuality live = new LiveQuality(MOST, QualitySettings.DEFAULT.labelsOfOthers());
    /** Of one side of the split, so that one limit holds for all. */
    private final List<String> images = IntStream.range(0, 1_000)
            .mapToObj(i -> "image-" + i)
            .filter(image -> !Counted.isSampled(image))
            .limit(200)
            .toList();

    @Test
    void a_flood_weighs_no_more_than_the_cap_in_any_figure() {
        // Forty honest labels that speak for the shadow, a hundred and fifty of one script that speak against it.
        label(0, 40, "dog", i -> "honest-" + i % 4);
        label(40, 190, "cat", i -> "script");

        assertThat(live.size()).isEqualTo(190);
        assertThat(live.weights())
                .isEqualTo(new LabelWeights(MOST, 60, 130, List.of(new LabelWeights.Annotator("script", 150, 130))));
        assertThat(outcomes(live)).containsExactlyInAnyOrderElementsOf(outcomes(40, MOST));
        assertThat(live.outcomes(7, Instant.EPOCH, Set.of("cat", "dog"), Counted.ALL)
                        .whole())
                .hasSize(60);
        VersionQuality shadow = live.report(HOUR, 24).get(0);
        assertThat(shadow.shadow().images()).isEqualTo(60);
        assertThat(shadow.shadow().right()).isEqualTo(40);
        assertThat(shadow.windows().get(0).shadow().images()).isEqualTo(60);
    }

    @Test
    void a_label_that_is_taken_back_makes_room_for_the_next() {
        label(0, MOST + 1, "cat", i -> "script");
        assertThat(live.weights().beyond()).isEqualTo(1);

        live.remove(images.get(0));

        assertThat(live.weights()).isEqualTo(new LabelWeights(MOST, MOST, 0, List.of()));
    }

    @Test
    void a_correction_beyond_the_cap_leaves_in_place_what_counted() {
        List<PredictionJudged> honest = IntStream.range(0, 40)
                .mapToObj(i -> by("dog", "honest-" + i % 4, 0))
                .toList();
        label(40, 40 + MOST, "cat", i -> "script");

        for (int i = 0; i < honest.size(); i++) {
            live.put(images.get(i), Judging.corrected(honest.get(i), by("cat", "script", 60)));
        }

        assertThat(outcomes(live)).containsExactlyInAnyOrderElementsOf(outcomes(40, MOST));
        assertThat(live.weights())
                .isEqualTo(new LabelWeights(
                        MOST, 40 + MOST, 40, List.of(new LabelWeights.Annotator("script", 40 + MOST, 40))));
    }

    @Test
    void a_correction_within_the_cap_counts_and_the_label_before_it_makes_no_room_for_another() {
        for (int i = 0; i < MOST + 5; i++) {
            PredictionJudged wrong = by("cat", "script", i);
            live.put(images.get(i), i < 5 ? Judging.corrected(wrong, by("dog", "honest", 60)) : wrong);
        }

        assertThat(outcomes(live)).containsExactlyInAnyOrderElementsOf(outcomes(5, MOST - 5));
        assertThat(live.weights().beyond()).isEqualTo(5);
    }

    @Test
    void what_is_taken_back_is_taken_back_with_all_that_was_corrected() {
        live.put(images.get(0), Judging.corrected(by("dog", "honest", 0), by("cat", "script", 60)));
        live.remove(images.get(0));

        assertThat(live.weights()).isEqualTo(new LabelWeights(MOST, 0, 0, List.of()));
        assertThat(outcomes(live)).isEmpty();
    }

    @Test
    void nobody_pushes_out_of_memory_what_others_said() {
        PredictionJudged judged = by("dog", "honest", 0);
        for (int i = 1; i <= 30; i++) {
            judged = Judging.corrected(judged, by("cat", "script", i));
        }

        assertThat(judged.getEarlier()).hasSize(8).allSatisfy(earlier -> assertThat(earlier.getEarlier())
                .isEmpty());
        assertThat(judged.getEarlier().get(0)).isEqualTo(by("dog", "honest", 0));
        assertThat(judged.getEarlier().get(1)).isEqualTo(by("cat", "script", 1));
    }

    @Test
    void a_second_reading_in_another_order_leaves_out_the_same() {
        label(0, 150, "cat", i -> "script");
        List<VersionQuality> report = live.report(HOUR, 24);
        LabelWeights weights = live.weights();

        live.clear();
        assertThat(live.weights().beyond()).isZero();
        for (int i = 149; i >= 0; i--) {
            label(i, i + 1, "cat", image -> "script");
        }

        assertThat(live.report(HOUR, 24)).isEqualTo(report);
        assertThat(live.weights()).isEqualTo(weights);
    }

    @Test
    void of_many_annotators_the_ten_that_flood_most_are_named() {
        List<String> names = new ArrayList<>();
        LiveQuality strict = new LiveQuality(1, QualitySettings.DEFAULT.labelsOfOthers());
        for (int who = 0; who < 12; who++) {
            for (int i = 0; i <= who; i++) {
                String image = images.get(names.size());
                names.add(image);
                strict.put(image, by("cat", "a-%02d".formatted(who)));
            }
        }

        assertThat(strict.weights().annotators())
                .hasSize(10)
                .startsWith(new LabelWeights.Annotator("a-11", 12, 11), new LabelWeights.Annotator("a-10", 11, 10));
    }

    private static List<Integer> outcomes(LiveQuality live) {
        return live.pairs(8, 7, Counted.ALL).whole().stream()
                .map(LiveQuality.Pair::outcome)
                .toList();
    }

    private static List<Integer> outcomes(int wins, int losses) {
        List<Integer> outcomes = new ArrayList<>(Collections.nCopies(wins, 1));
        outcomes.addAll(Collections.nCopies(losses, -1));
        return outcomes;
    }

    private void label(int from, int to, String truth, IntFunction<String> annotator) {
        IntStream.range(from, to).forEach(i -> live.put(images.get(i), by(truth, annotator.apply(i))));
    }

    /** Version 7 says cat, its shadow says dog. */
    private static PredictionJudged by(String truth, String annotator) {
        return by(truth, annotator, 1);
    }

    private static PredictionJudged by(String truth, String annotator, int second) {
        return PredictionJudged.newBuilder(judged(truth, 7, "cat", "dog", NOON))
                .setAnnotator(annotator)
                .setLabelledAt(NOON.plusSeconds(second))
                .build();
    }
}
