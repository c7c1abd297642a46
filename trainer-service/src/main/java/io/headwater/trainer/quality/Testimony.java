package io.headwater.trainer.quality;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the labels of some images say, in the order in which they were given; of labels that were given at the same moment, in
 * an order that is the same every time. And what would be left of it without one of those who gave them: where that annotator
 * has corrected somebody, what was said before.
 *
 * <p>A label can be left out that was given <em>in company</em>: within a day of it, before or after, the others gave enough
 * labels of these images to speak for themselves. So somebody who labels alone, or nearly so, goes on being believed. A plain
 * function of who labelled what and when: nothing that was left out comes back because time goes by.
 *
 * @param <T> what a label says
 */
public final class Testimony<T> {
    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    /** Those whose labels could weigh most. */
    private static final int MOST_ANNOTATORS = 32;

    private static final Comparator<Label> IN_ORDER = Comparator.<Label>comparingLong(
                    label -> label.judgement().labelledAt())
            .thenComparing(Label::image);

    private final List<List<Label>> images;
    private final int others;
    private final IntFunction<String> annotators;
    private final Function<Judgement, Optional<T>> says;
    private final List<T> whole;

    /** A label of an image. */
    record Label(ImageKey image, Judgement judgement) {
        private int annotator() {
            return judgement.annotator();
        }
    }

    /**
     * What is left without one annotator.
     *
     * @param annotator who
     * @param left what the labels of the others say
     */
    public record Without<T>(String annotator, List<T> left) {}

    /**
     * @param images of each image the labels that count, the last one first
     * @param others labels of all others together within a day of one's label that are company
     * @param annotators the names that go with the numbers
     * @param says what a label says, if anything
     */
    Testimony(
            List<List<Label>> images,
            int others,
            IntFunction<String> annotators,
            Function<Judgement, Optional<T>> says) {
        this.images = images;
        this.others = others;
        this.annotators = annotators;
        this.says = says;
        whole = without(label -> false);
    }

    /** What all say: of each image the last label counts. */
    public List<T> whole() {
        return whole;
    }

    /**
     * What is left without each of those who labelled in company: whoever gave most such labels first, and at most
     * {@value #MOST_ANNOTATORS} of them. Made one after the other, as they are asked for.
     */
    public Stream<Without<T>> withoutEach() {
        Set<Label> company = inCompany();
        Map<Integer, Integer> labels = new HashMap<>();
        company.forEach(label -> labels.merge(label.annotator(), 1, Integer::sum));
        return labels.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(labelled -> annotators.apply(labelled.getKey())))
                .limit(MOST_ANNOTATORS)
                .map(Map.Entry::getKey)
                .map(annotator -> new Without<>(
                        annotators.apply(annotator),
                        without(label -> label.annotator() == annotator && company.contains(label))));
    }

    private List<T> without(Predicate<Label> out) {
        return images.stream()
                .flatMap(labels -> labels.stream().filter(out.negate()).limit(1))
                .sorted(IN_ORDER)
                .map(label -> says.apply(label.judgement()))
                .flatMap(Optional::stream)
                .toList();
    }

    private Set<Label> inCompany() {
        List<Label> labels =
                images.stream().flatMap(List::stream).sorted(IN_ORDER).toList();
        Set<Label> company = new HashSet<>();
        Deque<Label> window = new ArrayDeque<>();
        Map<Integer, Integer> own = new HashMap<>();
        int next = 0;
        for (Label label : labels) {
            long at = label.judgement().labelledAt();
            for (; next < labels.size() && labels.get(next).judgement().labelledAt() <= at + DAY; next++) {
                window.add(labels.get(next));
                own.merge(labels.get(next).annotator(), 1, Integer::sum);
            }
            while (window.element().judgement().labelledAt() < at - DAY) {
                own.merge(window.remove().annotator(), -1, Integer::sum);
            }
            if (window.size() - own.get(label.annotator()) >= others) {
                company.add(label);
            }
        }
        return company;
    }
}
