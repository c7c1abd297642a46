package io.headwater.benchmarks.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.trainer.rollouts.RolloutSettings;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A small part of the simulation, with a fixed seed. */
class SimulatedRolloutTest {
    private static final int TRIES = 100;
    private static final Labels LABELS = new Labels(0.25, 600);

    @Test
    void one_that_is_three_points_better_goes_live_and_one_that_is_worse_does_not() {
        assertThat(promoted(new Pair(0.75, 0.03, 0.1))).isGreaterThanOrEqualTo(TRIES * 9 / 10);
        assertThat(promoted(new Pair(0.75, -0.02, 0.1))).isLessThanOrEqualTo(4);
    }

    @Test
    void an_equal_one_is_hardly_ever_taken_back() {
        assertThat(run(new Pair(0.75, 0, 0.1)).stream().filter(SimulatedRollout.End::takenBack))
                .hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void the_simulated_versions_are_what_they_are_said_to_be() {
        SplittableRandom random = new SplittableRandom(1);
        Pair pair = new Pair(0.75, 0.03, 0.1);
        int candidate = 0;
        int stable = 0;
        int differing = 0;
        for (int i = 0; i < 100_000; i++) {
            Pair.Answers answers = pair.answer(random);
            candidate += answers.candidate() ? 1 : 0;
            stable += answers.stable() ? 1 : 0;
            differing += answers.outcome() != 0 ? 1 : 0;
        }
        assertThat(candidate / 1e5).isCloseTo(0.78, Offset.offset(0.005));
        assertThat(stable / 1e5).isCloseTo(0.75, Offset.offset(0.005));
        assertThat(differing / 1e5).isCloseTo(0.1, Offset.offset(0.005));
    }

    @Test
    void labels_come_in_the_order_of_their_times_and_of_the_share_that_is_labelled() {
        List<Labels.Label> labels = LABELS.first(1_000, new SplittableRandom(1));

        assertThat(labels).hasSize(1_000).allMatch(label -> label.given() >= label.answered());
        assertThat(labels.stream().map(Labels.Label::given)).isSorted();
        assertThat(labels.stream().mapToLong(Labels.Label::answered).max().orElseThrow() / 4_000.0)
                .isCloseTo(1, Offset.offset(0.1));
    }

    private static long promoted(Pair pair) {
        return run(pair).stream().filter(end -> end.promotedAfter().isPresent()).count();
    }

    private static List<SimulatedRollout.End> run(Pair pair) {
        SplittableRandom random = new SplittableRandom(42);
        RolloutSettings settings = RolloutSettings.DEFAULT;
        return IntStream.range(0, TRIES)
                .mapToObj(i -> new SimulatedRollout(settings).run(pair, LABELS, 2_000, 20, random.split()))
                .toList();
    }
}
