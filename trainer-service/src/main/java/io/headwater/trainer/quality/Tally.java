package io.headwater.trainer.quality;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts answers. In whole numbers only: the order in which they come makes no difference, not even in the last digit. */
final class Tally {
    /** Unit of the sums of log losses: a thousand millionth of a nat. */
    private static final double NANO = 1e-9;

    private final Map<Confusion, Integer> confusion = new HashMap<>();
    private long images;
    private long right;
    private long told;
    private long toldNanos;
    private long leastNanos;

    private record Confusion(int truth, int answer) {}

    void add(Judgement judgement, int answer) {
        images++;
        right += judgement.isRight(answer) ? 1 : 0;
        float probability = judgement.truthProbability(answer);
        long nanos = Math.round(-Math.log(Math.abs(probability)) / NANO);
        leastNanos += nanos;
        if (probability > 0) {
            told++;
            toldNanos += nanos;
        }
        confusion.merge(new Confusion(judgement.truth(), judgement.label(answer)), 1, Integer::sum);
    }

    Figures figures(Names names) {
        List<Figures.Confused> cells = confusion.entrySet().stream()
                .map(cell -> new Figures.Confused(
                        names.name(cell.getKey().truth()),
                        names.name(cell.getKey().answer()),
                        cell.getValue()))
                .sorted(Comparator.comparing(Figures.Confused::truth).thenComparing(Figures.Confused::answer))
                .toList();
        return new Figures(
                images,
                right,
                Share.of(right, images),
                new Figures.LogLoss(
                        told == 0 ? 0 : toldNanos * NANO / told, told, images == 0 ? 0 : leastNanos * NANO / images),
                classes(cells),
                cells);
    }

    private static Map<String, Figures.Recall> classes(List<Figures.Confused> cells) {
        Map<String, long[]> counts = new TreeMap<>();
        cells.forEach(cell -> {
            long[] count = counts.computeIfAbsent(cell.truth(), truth -> new long[2]);
            count[0] += cell.images();
            count[1] += cell.truth().equals(cell.answer()) ? cell.images() : 0;
        });
        Map<String, Figures.Recall> classes = new TreeMap<>();
        counts.forEach((label, count) ->
                classes.put(label, new Figures.Recall(count[0], count[1], Share.of(count[1], count[0]))));
        return classes;
    }
}
