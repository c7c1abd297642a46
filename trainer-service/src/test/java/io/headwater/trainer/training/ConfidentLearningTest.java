package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.training.ConfidentLearning.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfidentLearningTest {

    @Test
    void an_example_that_reaches_the_threshold_of_another_class_is_suspected() {
        // Thresholds: 0.7 of the first class, 0.6 of the second.
        float[][] probabilities = {{0.9f, 0.1f}, {0.95f, 0.05f}, {0.25f, 0.75f}, {0.4f, 0.6f}};

        List<Finding> findings = ConfidentLearning.findings(probabilities, new int[] {0, 0, 0, 1});

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.row()).isEqualTo(2);
            assertThat(finding.suggested()).isEqualTo(1);
            assertThat(finding.margin()).isEqualTo(0.5f, within(1e-6f));
        });
    }

    @Test
    void being_wrong_is_not_enough_below_the_threshold_of_the_class() {
        float[][] probabilities = {{0.9f, 0.1f}, {0.45f, 0.55f}, {0.1f, 0.9f}, {0.2f, 0.8f}};

        assertThat(ConfidentLearning.findings(probabilities, new int[] {0, 0, 1, 1}))
                .isEmpty();
    }

    @Test
    void a_rare_class_is_reached_at_less_than_half_but_not_at_less_than_the_label() {
        // The second class is given 0.3 by its own examples.
        float[][] probabilities = {{0.8f, 0.3f, 0}, {0.7f, 0.3f, 0}, {0.25f, 0.35f, 0.4f}, {0.05f, 0.4f, 0.2f}};

        List<Finding> findings = ConfidentLearning.findings(probabilities, new int[] {0, 1, 1, 2});

        assertThat(findings).extracting(Finding::row).contains(3);
    }

    @Test
    void the_most_probable_of_several_classes_is_suggested_and_the_clearest_case_comes_first() {
        float[][] probabilities = {
            {0.6f, 0.2f, 0.2f}, {0.2f, 0.6f, 0.2f}, {0.2f, 0.2f, 0.6f}, {0.0f, 0.3f, 0.7f}, {0.0f, 0.9f, 0.1f},
        };

        List<Finding> findings = ConfidentLearning.findings(probabilities, new int[] {0, 1, 2, 0, 0});

        assertThat(findings).extracting(Finding::row).containsExactly(4, 3);
        assertThat(findings).extracting(Finding::suggested).containsExactly(1, 2);
    }

    @Test
    void no_examples_give_no_suspects() {
        assertThat(ConfidentLearning.findings(new float[0][], new int[0])).isEmpty();
    }
}
