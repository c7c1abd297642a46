package io.headwater.trainer.quality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Limits how much the labels of one annotator weigh: of those given within an hour the first ones count, and those beyond
 * count for nothing. So a script that has gone wrong, or somebody who means harm, decides nothing alone for long. Whoever
 * takes many names goes around it: an annotator is who the client says.
 *
 * <p>Labels of the random sample are counted apart from the others: a flood of labels that were asked for does not push those
 * out that measure, nor the other way round. That the first ones count, and not some of all, means that a label which counted
 * goes on counting, as tests that are looked at again and again need it.
 */
final class AnnotatorCap {
    private AnnotatorCap() {}

    /**
     * The labels that are counted together.
     *
     * @param annotator number of who gave them
     * @param hour hours since the epoch, UTC
     * @param sampled whether their images are of the random sample
     */
    record Hour(int annotator, long hour, boolean sampled) {
        static Hour of(Judgement judgement) {
            return new Hour(
                    judgement.annotator(),
                    Math.floorDiv(judgement.labelledAt(), TimeUnit.HOURS.toMillis(1)),
                    judgement.isSampled());
        }
    }

    /**
     * A label that was given.
     *
     * @param image of which image
     * @param hour which it is counted in
     * @param labelledAt when, milliseconds since the epoch
     */
    record Given(ImageKey image, Hour hour, long labelledAt) {
        static Given of(ImageKey image, Judgement judgement) {
            return new Given(image, Hour.of(judgement), judgement.labelledAt());
        }
    }

    /**
     * The labels that are beyond. Of labels that were given at the same moment, those count that are first in an
     * order which no one chose and which is the same every time.
     *
     * @param labels in any order; those that were replaced since too: a correction makes no room for another label
     * @param most labels of one annotator in an hour that count
     */
    static Set<Given> beyond(Collection<Given> labels, int most) {
        Map<Hour, List<Given>> hours = new HashMap<>();
        labels.forEach(label ->
                hours.computeIfAbsent(label.hour(), hour -> new ArrayList<>()).add(label));
        Set<Given> beyond = new HashSet<>();
        hours.values().stream().filter(given -> given.size() > most).forEach(given -> {
            given.sort(Comparator.comparingLong(Given::labelledAt).thenComparing(Given::image));
            beyond.addAll(given.subList(most, given.size()));
        });
        return beyond;
    }
}
