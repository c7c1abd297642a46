package io.headwater.trainer.trainingset;

import io.headwater.events.Split;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Some examples, in the order of their image ids.
 *
 * @param items the examples
 * @param next what to ask after for the following ones; empty when there are none
 */
public record ExamplesPage(List<Item> items, Optional<String> next) {

    /**
     * An example without its embedding.
     *
     * @param id of the image
     * @param label its class
     * @param split the side it is on
     * @param labelledAt when its label was given
     * @param setAside whether it is held out and not measured on, because one that is learnt from is nearly the same picture
     */
    public record Item(String id, String label, Split split, Instant labelledAt, boolean setAside) {}

    /**
     * Which ones.
     *
     * @param label only of this class
     * @param split only of this side
     * @param setAside only those that are set aside, or only those that are not
     * @param after only of images whose id comes after this one
     * @param limit how many at most
     */
    public record Query(
            Optional<String> label, Optional<Split> split, Optional<Boolean> setAside, String after, int limit) {
        boolean matches(Item item) {
            return label.map(item.label()::equals).orElse(true)
                    && split.map(side -> side == item.split()).orElse(true)
                    && setAside.map(aside -> aside == item.setAside()).orElse(true);
        }
    }
}
