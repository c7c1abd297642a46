package io.headwater.benchmarks.inference.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {
    @Test
    void the_middle_round_counts_and_of_an_even_number_the_mean_of_the_middle_two() {
        assertThat(Medians.of(List.of(9.0, 1.0, 2.0), Double::doubleValue)).isEqualTo(2);
        assertThat(Medians.of(List.of(9.0, 1.0, 2.0, 4.0), Double::doubleValue)).isEqualTo(3);
    }
}
