package io.headwater.trainer.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.GateOutcome;
import io.headwater.events.JudgedAnswer;
import io.headwater.events.ModelState;
import io.headwater.events.PredictionJudged;
import io.headwater.events.Split;
import io.headwater.trainer.examples.HoldoutSplit;
import io.headwater.trainer.quality.Counted;
import io.headwater.trainer.quality.LiveQuality;
import io.headwater.trainer.quality.QualitySettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * People label, at most 375 images each within an hour where they are eight, and by what they say version 2 becomes the stable
 * one. In some of the tests a script then says of five thousand images, all of theirs among them, that what version 1 said is right.
 */
class FloodedRolloutTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final int CAP = QualitySettings.DEFAULT.labelsPerAnnotatorHour();
    private static final int OTHERS = QualitySettings.DEFAULT.labelsOfOthers();
    private static final int PEOPLE = 8;
    private static final int HONEST = 3_000;
    private static final int BEFORE = 2_000;
    private static final int FLOOD = 5_000;
    /** Labels of the script for each that people give meanwhile. */
    private static final int AT_ONCE = 50;

    private static final int LOOK_EVERY = 20;
    private static final long MILLIS_PER_LABEL = 1_200;
    /** Of fifty images the versions differ on so many; on all but one of these the new one is right. */
    private static final int DIFFER = 5;

    private final World world = new World(RolloutSettings.DEFAULT);
    private final Set<String> waitingFor = new TreeSet<>();
    /** Of the random sample, by which alone a rollout is judged. */
    private final List<String> images = IntStream.iterate(0, i -> i + 1)
            .mapToObj(i -> "image-" + i)
            .filter(image -> HoldoutSplit.of(image) == Split.HOLDOUT)
            .limit(HONEST + FLOOD)
            .toList();

    private final Map<Integer, PredictionJudged> judged = new HashMap<>();

    @Test
    void the_version_that_people_found_better_stays_and_it_is_said_who_alone_would_have_taken_it_back() {
        whileAScriptSaysOtherwise(new LiveQuality());

        assertThat(stableVersions()).containsExactly(1L, 2L);
        assertThat(world.state(2)).isEqualTo(ModelState.STABLE);
        assertThat(waitingFor)
                .anyMatch(
                        reason -> reason.contains("Held back: only with the labels of 'script' is there enough evidence"
                                + " that version 2 is worse, beside version 1"));
    }

    /** Even if nobody had limited how many labels count. */
    @Test
    void nor_would_any_number_of_labels_have_done_it() {
        whileAScriptSaysOtherwise(new LiveQuality(NO_LIMIT, OTHERS));

        assertThat(stableVersions()).containsExactly(1L, 2L);
    }

    /** Else the tests above would show nothing. */
    @ParameterizedTest
    @ValueSource(ints = {500, NO_LIMIT})
    void where_everybody_decides_alone_the_script_takes_it_back_with_a_cap_and_without(int cap) {
        whileAScriptSaysOtherwise(new LiveQuality(cap, NO_LIMIT));

        assertThat(stableVersions()).containsExactly(1L, 2L, 1L);
        assertThat(world.state(2)).isEqualTo(ModelState.ROLLED_BACK);
        assertThat(waitingFor).noneMatch(reason -> reason.contains("Held back"));
    }

    /** From the moment it is the stable one version 2 is worse, whoever is asked. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, PEOPLE})
    void however_many_people_label_what_is_better_goes_live_and_what_gets_worse_is_taken_back(int people) {
        LiveQuality live = new LiveQuality(NO_LIMIT, OTHERS);
        EvidenceReader reader = begin(live);
        for (int i = 0; i < HONEST; i++) {
            at(i);
            boolean better = world.state(2) != ModelState.STABLE;
            label(live, i, honest(i) == 0 || better ? honest(i) : 1, "person-" + i % people);
            look(reader, i);
        }

        assertThat(stableVersions()).containsExactly(1L, 2L, 1L);
    }

    @Test
    void who_gives_nearly_all_labels_decides_alone() {
        LiveQuality live = new LiveQuality(NO_LIMIT, OTHERS);
        EvidenceReader reader = begin(live);
        for (int i = 0; i < BEFORE; i++) {
            at(i);
            label(live, i, honest(i), i % (BEFORE / (OTHERS / 2)) == 0 ? "visitor" : "person");
            look(reader, i);
        }

        assertThat(stableVersions()).containsExactly(1L, 2L);
    }

    /** On trial, where two people find the versions alike. */
    @Test
    void nobody_promotes_alone_either() {
        LiveQuality live = new LiveQuality(CAP, OTHERS);
        EvidenceReader reader = begin(live);
        for (int i = 0; i < 200; i++) {
            at(i);
            label(live, i, i % 50 < 2 ? 1 + i % 2 : 0, "person-" + i % 2);
            look(reader, i);
        }
        for (int i = 200; i < 600; i++) {
            at(i);
            label(live, i, i % 50 < DIFFER ? 2 : 0, "script");
            look(reader, i);
        }

        assertThat(stableVersions()).containsExactly(1L);
        assertThat(world.state(2)).isEqualTo(ModelState.SHADOW);
        assertThat(waitingFor)
                .anyMatch(reason -> reason.contains("'script'") && reason.contains("is not worse by the tolerance"));
    }

    private void whileAScriptSaysOtherwise(LiveQuality live) {
        EvidenceReader reader = begin(live);
        int flooded = 0;
        for (int i = 0; i < HONEST; i++) {
            at(i);
            label(live, i, honest(i), "person-" + i % PEOPLE);
            for (int k = 0; i >= BEFORE && flooded < FLOOD && k < AT_ONCE; k++) {
                label(live, flooded < BEFORE ? flooded : HONEST + flooded, 1, "script");
                flooded++;
            }
            look(reader, i);
        }
        assertThat(flooded).isEqualTo(FLOOD);
    }

    private EvidenceReader begin(LiveQuality live) {
        world.arrives(GateOutcome.PASSED);
        world.arrives(GateOutcome.PASSED);
        return new EvidenceReader(live, () -> 1, RolloutSettings.DEFAULT, Counted.SAMPLE);
    }

    private void at(int label) {
        world.now = World.START.plusMillis(label * MILLIS_PER_LABEL);
    }

    private void look(EvidenceReader reader, int label) {
        if (label % LOOK_EVERY == 0) {
            world.evidence = reader.read(world.situation()).orElseThrow();
            waitingFor.add(world.settle().reason());
        }
    }

    /** The version that is right where they differ, by those who mean well; 0 where they don't differ. */
    private static int honest(int image) {
        return image % 50 >= DIFFER ? 0 : image % 50 == DIFFER - 1 ? 1 : 2;
    }

    /** @param right the version that is said to be right where they differ; 0 if both are */
    private void label(LiveQuality live, int image, int right, String annotator) {
        boolean differ = image % 50 < DIFFER;
        String truth = differ ? "said-by-" + right : "ant";
        PredictionJudged before = judged.get(image);
        PredictionJudged now = new PredictionJudged(
                truth,
                annotator,
                world.now,
                before == null ? world.now : before.getClassifiedAt(),
                1L,
                false,
                List.of(answer(1, differ, truth), answer(2, differ, truth)),
                before == null ? List.of() : List.of(before));
        judged.put(image, now);
        live.put(images.get(image), now);
    }

    private static JudgedAnswer answer(long version, boolean differ, String truth) {
        String said = differ ? "said-by-" + version : "ant";
        boolean right = said.equals(truth);
        return new JudgedAnswer(version, said, 0.9f, right, right ? 0.9f : null);
    }

    /** One after the other. */
    private List<Long> stableVersions() {
        List<Long> versions = new ArrayList<>();
        world.published.stream()
                .flatMap(published -> published.rollout().stream())
                .forEach(rollout -> {
                    long stable = rollout.getStable().getVersion();
                    if (versions.isEmpty() || versions.get(versions.size() - 1) != stable) {
                        versions.add(stable);
                    }
                });
        return versions;
    }
}
