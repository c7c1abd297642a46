package io.headwater.trainer.quality;

import static io.headwater.trainer.quality.Events.NOON;
import static io.headwater.trainer.quality.Events.judged;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.PredictionJudged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TestimonyTest {
    private static final int OTHERS = 3;
    private static final Duration DAY = Duration.ofDays(1);

    private final LiveQuality live = live();

    @Test
    void who_labels_alone_is_left_out_of_nothing() {
        label(0, 50, "alice", Duration.ZERO);
        label(50, 50 + OTHERS - 1, "bob", Duration.ZERO);

        // Whose labels have company are bob's, and not hers.
        assertThat(without(live)).containsOnlyKeys("bob");
        assertThat(without(live).get("bob")).hasSize(50);
    }

    @Test
    void beside_enough_labels_of_others_everybody_can_be_left_out_whoever_gave_most_first() {
        label(0, 5, "alice", Duration.ZERO);
        label(5, 7, "bob", Duration.ZERO);
        label(7, 8, "carol", Duration.ZERO);

        assertThat(List.copyOf(without(live).keySet())).containsExactly("alice", "bob", "carol");
        assertThat(without(live).get("alice")).hasSize(3);
        assertThat(live.pairs(8, 7, Counted.ALL).whole()).hasSize(8);
    }

    @Test
    void company_lasts_a_day_before_and_after() {
        label(0, OTHERS, "bob", Duration.ZERO);
        label(10, 11, "alice", DAY.negated().minusMillis(1));
        label(11, 12, "alice", DAY.negated());
        label(12, 13, "alice", DAY);
        label(13, 14, "alice", DAY.plusMillis(1));

        assertThat(without(live).get("alice")).hasSize(OTHERS + 2);
    }

    @Test
    void without_who_corrected_somebody_counts_what_was_said_before() {
        label(0, OTHERS, "bob", Duration.ZERO);
        PredictionJudged right = by("dog", "bob", Duration.ZERO);
        live.put("image-0", Judging.corrected(right, by("cat", "alice", Duration.ofMinutes(1))));

        assertThat(live.pairs(8, 7, Counted.ALL).whole())
                .extracting(LiveQuality.Pair::outcome)
                .containsExactly(1, 1, -1);
        assertThat(without(live).get("alice"))
                .extracting(LiveQuality.Pair::outcome)
                .containsExactly(1, 1, 1);
    }

    @Test
    void no_more_than_32_are_left_out_one_after_the_other() {
        IntStream.range(0, 40).forEach(i -> label(i, i + 1, "person-" + i, Duration.ZERO));

        assertThat(without(live)).hasSize(32);
    }

    record Label(int image, int annotator, boolean wins, int minute) {}

    @Provide
    Arbitrary<List<Label>> labels() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false, false, false),
                        Arbitraries.integers().between(0, 5_000))
                .as(Label::new)
                .list()
                .ofMaxSize(120);
    }

    @Property(tries = 300)
    void nothing_suffices_that_all_labels_do_not_bring_or_that_one_alone_brings(@ForAll("labels") List<Label> labels) {
        Testimony<LiveQuality.Pair> testimony = read(labels, new Random(1)).pairs(8, 7, Counted.ALL);
        double level = 4;

        Agreed agreed = Agreed.of(testimony, TestimonyTest::losses, level);

        assertThat(agreed.evidence()).isLessThanOrEqualTo(losses(testimony.whole()));
        boolean each = testimony.withoutEach().allMatch(without -> losses(without.left()) >= level);
        assertThat(agreed.evidence() >= level).isEqualTo(losses(testimony.whole()) >= level && each);
        assertThat(agreed.alone().isPresent()).isEqualTo(losses(testimony.whole()) >= level && !each);
    }

    @Property(tries = 100)
    void it_is_the_same_in_whatever_order_the_topic_is_read(@ForAll("labels") List<Label> labels) {
        LiveQuality first = read(labels, new Random(1));
        LiveQuality second = read(labels, new Random(2));

        assertThat(without(first)).isEqualTo(without(second));
        assertThat(first.pairs(8, 7, Counted.ALL).whole())
                .isEqualTo(second.pairs(8, 7, Counted.ALL).whole());
    }

    private static double losses(List<LiveQuality.Pair> pairs) {
        return FallTest.evidence(pairs.stream().map(pair -> pair.outcome() > 0).toList(), 0.5);
    }

    private static LiveQuality live() {
        return new LiveQuality(Integer.MAX_VALUE, OTHERS);
    }

    /** The last record of each image, in some order, as the compacted topic may have them. */
    private static LiveQuality read(List<Label> labels, Random order) {
        Map<Integer, PredictionJudged> last = new LinkedHashMap<>();
        labels.forEach(label -> last.merge(
                label.image(),
                by(label.wins() ? "dog" : "cat", "person-" + label.annotator(), Duration.ofMinutes(label.minute())),
                Judging::corrected));
        List<Integer> images = new ArrayList<>(last.keySet());
        Collections.shuffle(images, order);
        LiveQuality live = live();
        images.forEach(image -> live.put("image-" + image, last.get(image)));
        return live;
    }

    private static Map<String, List<LiveQuality.Pair>> without(LiveQuality live) {
        Map<String, List<LiveQuality.Pair>> left = new LinkedHashMap<>();
        live.pairs(8, 7, Counted.ALL).withoutEach().forEach(without -> left.put(without.annotator(), without.left()));
        return left;
    }

    /** Labels by which version 8 is right and version 7 is not. */
    private void label(int from, int to, String annotator, Duration when) {
        IntStream.range(from, to).forEach(i -> live.put("image-" + i, by("dog", annotator, when)));
    }

    /** Version 7 says cat, its shadow says dog. */
    private static PredictionJudged by(String truth, String annotator, Duration when) {
        return PredictionJudged.newBuilder(judged(truth, 7, "cat", "dog", NOON))
                .setAnnotator(annotator)
                .setLabelledAt(NOON.plus(when))
                .build();
    }
}
