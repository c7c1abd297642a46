package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.ImageClassified;
import io.headwater.events.ShadowAnswer;
import io.headwater.events.StageTimings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What labelled images say of two versions. */
class PairedEvidenceTest {
    private static final double TOLERANCE = 0.02;
    private static final int LEVEL = 100;

    @Test
    void nothing_is_evidence_of_nothing() {
        PairedEvidence nothing = PairedEvidence.of(2, 1, List.of(), TOLERANCE);

        assertThat(List.of(nothing.notWorse(), nothing.better(), nothing.worse()))
                .allSatisfy(evidence -> assertThat(evidence).isCloseTo(1, Offset.offset(1e-12)));
    }

    @Test
    void wins_and_losses_are_counted_and_weighed_alike() {
        PairedEvidence better = PairedEvidence.of(2, 1, outcomes(40, 10), TOLERANCE);
        PairedEvidence worse = PairedEvidence.of(2, 1, outcomes(10, 40), TOLERANCE);

        assertThat(better.wins()).isEqualTo(40);
        assertThat(better.losses()).isEqualTo(10);
        assertThat(better.images()).isEqualTo(150);
        assertThat(better.better()).isGreaterThan(LEVEL).isEqualTo(worse.worse());
        assertThat(better.notWorse()).isGreaterThan(LEVEL);
        assertThat(worse.notWorse()).isLessThan(1);
    }

    /** Looked at after every image, as no test with a fixed level may be. */
    @Test
    void one_that_is_worse_by_just_the_tolerance_is_hardly_ever_said_not_to_be() {
        SplittableRandom random = new SplittableRandom(7);
        int wrong = 0;
        for (int i = 0; i < 500; i++) {
            wrong += everNotWorse(random, 0.04, 0.06) ? 1 : 0;
        }
        assertThat(wrong).isLessThanOrEqualTo(10);
    }

    @Test
    void one_that_is_three_points_better_soon_is() {
        SplittableRandom random = new SplittableRandom(7);
        int shown = 0;
        for (int i = 0; i < 200; i++) {
            shown += everNotWorse(random, 0.065, 0.035) ? 1 : 0;
        }
        assertThat(shown).isGreaterThan(190);
    }

    @Test
    void the_stability_index_is_zero_for_the_same_shares_and_grows_with_the_difference() {
        Map<String, Long> half = Map.of("ant", 500L, "bee", 500L);

        assertThat(Traffic.stability(half, Map.of("ant", 500L, "bee", 500L))).isZero();
        // (0.7 - 0.5) ln(0.7 / 0.5) + (0.3 - 0.5) ln(0.3 / 0.5), but for the smoothing
        assertThat(Traffic.stability(Map.of("ant", 700L, "bee", 300L), half)).isCloseTo(0.1695, Offset.offset(1e-3));
        assertThat(Traffic.stability(Map.of("ant", 1000L), half)).isGreaterThan(1);
    }

    @Test
    void an_image_counts_that_both_answered_whoever_served_it() {
        TrafficCounts counts = new TrafficCounts(2, 1);
        assertThat(counts.traffic()).isEmpty();

        counts.add(prediction(1, "ant", 0.8f, new ShadowAnswer(2L, "bee", 0.6f)));
        counts.add(prediction(2, "ant", 0.9f, new ShadowAnswer(2L, "ant", 0.9f), new ShadowAnswer(1L, "ant", 0.7f)));
        counts.add(prediction(1, "ant", 0.8f));

        Traffic traffic = counts.traffic().orElseThrow();
        assertThat(traffic.images()).isEqualTo(2);
        assertThat(traffic.agreement()).isEqualTo(0.5);
        assertThat(traffic.confidenceShift()).isCloseTo(0, Offset.offset(1e-6));
        assertThat(traffic.stability()).isGreaterThan(0);
    }

    private static ImageClassified prediction(long version, String label, float confidence, ShadowAnswer... shadows) {
        return ImageClassified.newBuilder()
                .setGeneration(1)
                .setVersion(version)
                .setLabel(label)
                .setConfidence(confidence)
                .setShadows(List.of(shadows))
                .setTimings(new StageTimings(0L, 0L, 0L))
                .setIngestedAt(Instant.EPOCH)
                .setClassifiedAt(Instant.EPOCH)
                .build();
    }

    private static boolean everNotWorse(SplittableRandom random, double win, double loss) {
        List<Integer> outcomes = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            double draw = random.nextDouble();
            outcomes.add(draw < win ? 1 : draw < win + loss ? -1 : 0);
            if (i % 25 == 0 && NotWorseTest.evidence(outcomes, TOLERANCE) >= LEVEL) {
                return true;
            }
        }
        return false;
    }

    private static List<Integer> outcomes(int wins, int losses) {
        List<Integer> outcomes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            outcomes.add(0);
            outcomes.add(0);
            outcomes.add(i % 5 == 0 == wins < losses ? 1 : -1);
        }
        assertThat(outcomes.stream().filter(outcome -> outcome > 0)).hasSize(wins);
        assertThat(outcomes.stream().filter(outcome -> outcome < 0)).hasSize(losses);
        return outcomes;
    }
}
