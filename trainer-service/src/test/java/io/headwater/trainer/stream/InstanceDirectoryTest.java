package io.headwater.trainer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void two_instances_at_the_same_time_have_two_directories_and_the_next_one_takes_over_what_is_free() {
        try (InstanceDirectory second = second(parent)) {
            assertThat(second.path()).isEqualTo(parent.resolve("instance-1"));
            try (InstanceDirectory third = InstanceDirectory.claim(parent)) {
                assertThat(third.path()).isEqualTo(parent.resolve("instance-0")).isDirectory();
            }
        }
    }

    @Test
    void a_place_where_nothing_can_be_made_is_told_with_its_key() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> InstanceDirectory.claim(file))
                .hasMessageContaining("headwater.trainer.state-dir is " + file);
    }

    /** The first has ended when it is back. */
    private static InstanceDirectory second(Path parent) {
        try (InstanceDirectory first = InstanceDirectory.claim(parent)) {
            return InstanceDirectory.claim(parent);
        }
    }
}
