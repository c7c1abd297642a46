package io.headwater.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final List<Offer> TEACH = IntStream.range(0, 100)
            .mapToObj(i -> Offer.teach("t" + i, Optional.of("rose"), List.of("unsure")))
            .toList();
    private static final List<Offer> CHECKS =
            IntStream.range(0, 100).mapToObj(i -> Offer.check("c" + i)).toList();

    @Test
    void every_beginning_has_the_share_of_checks() {
        List<Offer> mixed = Mixture.of(TEACH, CHECKS, 0.2, 50);

        assertThat(mixed).hasSize(50);
        for (int length = 1; length <= 50; length++) {
            assertThat(mixed.subList(0, length))
                    .filteredOn(offer -> offer.kind().equals("check"))
                    .hasSize(length / 5);
        }
        assertThat(mixed).extracting(Offer::id).startsWith("t0", "t1", "t2", "t3", "c0", "t4");
    }

    @Test
    void when_one_list_ends_the_other_goes_on() {
        assertThat(Mixture.of(TEACH.subList(0, 2), CHECKS, 0.2, 5))
                .extracting(Offer::id)
                .containsExactly("t0", "t1", "c0", "c1", "c2");
        assertThat(Mixture.of(TEACH, CHECKS.subList(0, 1), 0.5, 5))
                .extracting(Offer::id)
                .containsExactly("t0", "c0", "t1", "t2", "t3");
        assertThat(Mixture.of(List.of(), List.of(), 0.2, 5)).isEmpty();
    }

    @Test
    void a_share_of_nothing_and_of_all() {
        assertThat(Mixture.of(TEACH, CHECKS, 0, 100)).doesNotContainAnyElementsOf(CHECKS);
        assertThat(Mixture.of(TEACH, CHECKS, 1, 100)).containsExactlyElementsOf(CHECKS);
    }

    @Test
    void an_id_is_part_of_a_path() {
        assertThat(Offer.check("a b/c?").thumbnail()).isEqualTo("/predictions/a%20b%2Fc%3F/thumbnail");
    }
}
