package io.headwater.trainer.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.trainingset.LabelledRows;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private static final int DIMENSION = 64;

    private final LabelledRows examples = Embeddings.rows(List.of("ant", "bee"), 50, DIMENSION, 3, 1);

    @Test
    void an_image_is_like_those_of_its_class() {
        List<Neighbour> nearest = Neighbours.of("new", Embeddings.of("bee", 9_000, DIMENSION, 3), examples, 5);

        assertThat(nearest).extracting(Neighbour::label).containsOnly("bee").hasSize(5);
        assertThat(nearest)
                .extracting(Neighbour::similarity)
                .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }

    @Test
    void the_same_picture_is_as_like_as_can_be_and_an_image_is_not_its_own_neighbour() {
        float[] first = new float[DIMENSION];
        examples.embeddings().read(0, first, 0);
        String itself = examples.ids().get(0);

        assertThat(Neighbours.of("copy", first, examples, 1).get(0).id()).isEqualTo(itself);
        assertThat(Neighbours.of("copy", first, examples, 1).get(0).similarity())
                .isCloseTo(1, within(1e-9));
        assertThat(Neighbours.of(itself, first, examples, 100))
                .hasSize(99)
                .extracting(Neighbour::id)
                .doesNotContain(itself);
    }

    @Test
    void of_many_examples_some_are_looked_at_from_the_first_to_the_last() {
        LabelledRows many = Embeddings.rows(List.of("ant", "bee"), 4_000, 4, 0.5, 1);

        List<Neighbour> looked = Neighbours.of("new", Embeddings.of("ant", 9_000, 4, 0.5), many, 10_000);

        assertThat(looked).hasSize(4_000);
    }

    @Test
    void without_examples_there_is_nothing_to_be_like() {
        LabelledRows none = Embeddings.rows(List.of(), 0, DIMENSION, 0.5, 1);

        assertThat(Neighbours.of("new", new float[DIMENSION], none, 5)).isEmpty();
    }
}
