package io.headwater.inference.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.inference.artifact.ArtifactRefusedException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlameTest {
    private final Blame blame = new Blame();

    @Test
    void a_damaged_file_is_to_blame_at_once_and_a_missing_one_after_half_a_minute() {
        assertThat(blame.of(new ArtifactRefusedException(7, new IllegalArgumentException("no head")), 0))
                .contains(7L);
        assertThat(missing(7, 0)).isEmpty();
        assertThat(missing(7, 29)).isEmpty();
        assertThat(missing(7, 30)).contains(7L);
    }

    @Test
    void what_is_missing_is_missing_from_when_it_was_first_asked_for() {
        missing(7, 0);
        assertThat(missing(8, 30)).as("another version").isEmpty();
        assertThat(missing(7, 31)).as("the other one was there in between").isEmpty();
        blame.forget();
        assertThat(missing(7, 90)).isEmpty();
        assertThat(blame.of(new ArtifactRefusedException("the store can't be reached"), 0))
                .isEmpty();
        assertThat(missing(7, 120)).as("nobody knows what is there").isEmpty();
    }

    private Optional<Long> missing(long version, long second) {
        return blame.of(
                ArtifactRefusedException.missing(version, "it is not there"),
                Duration.ofSeconds(second).toNanos());
    }
}
