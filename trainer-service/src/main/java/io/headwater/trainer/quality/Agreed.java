package io.headwater.trainer.quality;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Evidence that does not rest on one annotator. It suffices only if it would also suffice without the labels of any one of
 * those who labelled in company ({@link Testimony}); else it is what is left without one without whom it does not. So it is
 * never more than all labels together bring, and errs no more often than that.
 *
 * @param evidence that holds
 * @param alone who alone would have made it suffice, if somebody would
 */
public record Agreed(double evidence, Optional<Alone> alone) {

    /**
     * Somebody whose labels alone would have decided.
     *
     * @param annotator who
     * @param all evidence of all labels
     * @param without what is left of it without the labels of this annotator; too little
     */
    public record Alone(String annotator, double all, double without) {}

    /**
     * Weighs what labels say, with and without each of those who gave them.
     *
     * @param evidence of what some labels say
     * @param level the evidence that suffices
     */
    public static <T> Agreed of(Testimony<T> testimony, ToDoubleFunction<List<T>> evidence, double level) {
        double all = evidence.applyAsDouble(testimony.whole());
        Optional<Alone> alone = all < level
                ? Optional.empty()
                : testimony
                        .withoutEach()
                        .map(without -> new Alone(without.annotator(), all, evidence.applyAsDouble(without.left())))
                        .filter(left -> left.without() < level)
                        .findFirst();
        return new Agreed(alone.map(Alone::without).orElse(all), alone);
    }
}
