package io.headwater.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.GateOutcome;
import io.headwater.events.GateVerdict;
import io.headwater.events.Quality;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final MeanDifference SAME = new MeanDifference(0, 0.01, 1000);
    private static final MeanDifference LOWER = new MeanDifference(-0.1, 0.01, 1000);

    private final Gate gate = new Gate(GateSettings.DEFAULT);

    @Nested
    class While_nothing_is_served {

        /** 16 answered out of fold and 4 held out, of two classes; guessing is right on half of them. */
        @Test
        void twenty_pictures_of_two_clearly_different_classes_are_enough() {
            assertThat(gate.first(new Tally(20, 9, 0)).getOutcome()).isEqualTo(GateOutcome.PASSED);
            assertThat(gate.first(new Tally(20, 9, 2)).getOutcome()).isEqualTo(GateOutcome.PASSED);
        }

        @Test
        void a_few_more_right_answers_than_guessing_are_inconclusive() {
            GateVerdict verdict = gate.first(new Tally(20, 6, 3));

            assertThat(verdict.getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
            assertThat(verdict.getReason()).contains("On 20 examples", "right on 6", "wrong on 3", "p = 0.2539");
        }

        @Test
        void no_more_right_answers_than_guessing_are_rejected() {
            GateVerdict verdict = gate.first(new Tally(40, 7, 7));

            assertThat(verdict.getOutcome()).isEqualTo(GateOutcome.REJECTED);
            assertThat(verdict.getReason()).contains("not better than guessing");
        }

        @Test
        void too_few_examples_are_inconclusive_whatever_the_answers() {
            assertThat(gate.first(new Tally(4, 4, 0)).getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
            assertThat(gate.first(new Tally(19, 0, 9)).getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
            assertThat(gate.first(new Tally(0, 0, 0)).getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
        }
    }

    @Test
    void a_version_that_can_not_be_compared_is_inconclusive() {
        assertThat(gate.incomparable(3).getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
        assertThat(gate.incomparable(3).getReason()).contains("Version 3");
    }

    @Test
    void a_significantly_worse_version_is_rejected_however_low_its_log_loss() {
        GateVerdict verdict = against(new Tally(400, 2, 42), LOWER);

        assertThat(verdict.getOutcome()).isEqualTo(GateOutcome.REJECTED);
        assertThat(verdict.getReason())
                .contains("version 7 on 400", "right on 2", "wrong on 42", "-0.1000", "worse (p < 0.0001)");
    }

    /** One point of ten thousand examples: far from the margin, and still worse for sure. */
    @Test
    void a_significantly_worse_version_is_rejected_even_if_it_is_within_the_margin() {
        Tally tally = new Tally(10_000, 100, 200);

        assertThat(tally.pWorseBy(0.03)).isLessThan(0.003);
        assertThat(against(tally, SAME).getOutcome()).isEqualTo(GateOutcome.REJECTED);
    }

    @Test
    void five_pictures_lost_and_none_won_are_significant_and_four_are_not() {
        assertThat(against(new Tally(20, 0, 5), SAME).getOutcome()).isEqualTo(GateOutcome.REJECTED);
        assertThat(against(new Tally(20, 0, 4), SAME).getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
    }

    @Test
    void a_clearly_better_version_passes_on_twenty_examples() {
        GateVerdict verdict = against(new Tally(20, 7, 1), SAME);

        assertThat(verdict.getOutcome()).isEqualTo(GateOutcome.PASSED);
        assertThat(verdict.getReason()).contains("significantly better (p = 0.0352)");
    }

    @Test
    void a_version_that_can_not_be_three_points_worse_passes() {
        GateVerdict verdict = against(new Tally(1000, 30, 30), SAME);

        assertThat(verdict.getOutcome()).isEqualTo(GateOutcome.PASSED);
        assertThat(verdict.getReason()).contains("3.0 points worse or more can be excluded");
    }

    @Test
    void one_that_could_be_is_inconclusive() {
        GateVerdict verdict = against(new Tally(400, 30, 30), SAME);

        assertThat(verdict.getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
        assertThat(verdict.getReason()).contains("too few to exclude that it is 3.0 points worse");
    }

    @Test
    void the_margin_is_the_configured_one() {
        Gate lenient = new Gate(new GateSettings(0.1, 0.003, 0.05, 0.1, 20));

        assertThat(lenient.against(comparison(new Tally(400, 30, 30), SAME, Map.of()))
                        .getOutcome())
                .isEqualTo(GateOutcome.PASSED);
    }

    @Nested
    class A_lower_log_loss {
        private final Tally even = new Tally(400, 20, 20);

        @Test
        void lets_a_version_pass_that_is_right_as_often() {
            assertThat(against(even, SAME).getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);

            GateVerdict verdict = against(even, LOWER);

            assertThat(verdict.getOutcome()).isEqualTo(GateOutcome.PASSED);
            assertThat(verdict.getReason()).contains("log loss is clearly lower");
        }

        @Test
        void does_not_if_it_is_lower_by_chance() {
            assertThat(against(even, new MeanDifference(-0.02, 0.01, 400)).getOutcome())
                    .isEqualTo(GateOutcome.INCONCLUSIVE);
        }

        @Test
        void does_not_make_up_for_one_picture() {
            assertThat(against(new Tally(400, 20, 21), LOWER).getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
        }

        @Test
        void counts_for_nothing_where_the_versions_differ_on_many_examples() {
            assertThat(against(new Tally(1000, 63, 62), LOWER).getOutcome()).isEqualTo(GateOutcome.PASSED);
            assertThat(against(new Tally(1000, 90, 90), LOWER).getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
        }

        @Test
        void counts_for_nothing_on_few_examples() {
            assertThat(against(new Tally(30, 2, 0), LOWER).getOutcome()).isEqualTo(GateOutcome.PASSED);
            assertThat(against(new Tally(19, 2, 0), LOWER).getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
        }
    }

    @Nested
    class A_class {
        private final Tally better = new Tally(1000, 60, 20);

        @Test
        void that_is_lost_rejects_a_version_that_is_better_over_all() {
            GateVerdict verdict = gate.against(
                    comparison(better, LOWER, Map.of("ant", new Tally(950, 60, 4), "bee", new Tally(50, 0, 16))));

            assertThat(verdict.getOutcome()).isEqualTo(GateOutcome.REJECTED);
            assertThat(verdict.getReason()).contains("loses the class bee: of 50 examples wrong on 16");
        }

        @Test
        void of_five_pictures_is_lost_with_four_of_them() {
            assertThat(withClass(new Tally(5, 0, 4)).getOutcome()).isEqualTo(GateOutcome.REJECTED);
            assertThat(withClass(new Tally(5, 0, 3)).getOutcome()).isEqualTo(GateOutcome.PASSED);
        }

        @Test
        void may_lose_what_is_tolerated_however_significantly() {
            assertThat(new Tally(500, 0, 50).pWorse()).isLessThan(1e-9);
            assertThat(gate.against(comparison(
                                    new Tally(1000, 130, 50),
                                    SAME,
                                    Map.of("ant", new Tally(500, 130, 0), "bee", new Tally(500, 0, 50))))
                            .getOutcome())
                    .isEqualTo(GateOutcome.PASSED);
        }

        @Test
        void that_may_be_lost_is_inconclusive() {
            // 6 of 40 more than tolerated, p = 0.0352: too much for chance alone, too little among ten classes.
            GateVerdict verdict = gate.against(comparison(better, LOWER, tenClasses(new Tally(40, 1, 7))));

            assertThat(verdict.getOutcome()).isEqualTo(GateOutcome.INCONCLUSIVE);
            assertThat(verdict.getReason()).contains("may have lost the class bee");
        }

        @Test
        void that_lost_by_chance_as_one_of_many_does_is_not_lost() {
            assertThat(gate.against(comparison(better, LOWER, tenClasses(new Tally(40, 4, 9))))
                            .getOutcome())
                    .isEqualTo(GateOutcome.PASSED);
        }

        @Test
        void that_is_new_counts_as_won_and_one_that_is_gone_is_named() {
            List<String> truth = List.of("ant", "wasp", "wasp", "wasp", "wasp", "wasp");
            Answers answers = new Answers(
                    List.of("ant", "wasp"),
                    new float[][] {{0.9f, 0.1f}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}},
                    truth);
            Answers serving = new Answers(
                    List.of("ant", "bee"), new float[][] {{1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}}, truth);

            Comparison comparison = Comparison.of(7, answers, serving, truth);

            assertThat(comparison.all()).isEqualTo(new Tally(6, 5, 0));
            assertThat(comparison.classes()).containsEntry("wasp", new Tally(5, 5, 0));
            assertThat(gate.against(comparison).getOutcome()).isEqualTo(GateOutcome.PASSED);
            assertThat(gate.against(comparison).getReason()).contains("without the classes bee");
        }

        private GateVerdict withClass(Tally tally) {
            return gate.against(comparison(better, SAME, Map.of("ant", new Tally(900, 60, 10), "bee", tally)));
        }

        private Map<String, Tally> tenClasses(Tally bee) {
            Map<String, Tally> classes = new TreeMap<>();
            for (int i = 0; i < 9; i++) {
                classes.put("class " + i, new Tally(100, 6, 1));
            }
            classes.put("bee", bee);
            return classes;
        }
    }

    private GateVerdict against(Tally tally, MeanDifference logLoss) {
        return gate.against(comparison(tally, logLoss, Map.of()));
    }

    private static Comparison comparison(Tally tally, MeanDifference logLoss, Map<String, Tally> classes) {
        return new Comparison(7, new Quality(0.8, 1.0), tally, classes, logLoss, List.of());
    }
}
