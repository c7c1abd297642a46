package io.headwater.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringWatchTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final List<String> troubles = new ArrayList<>();

    @TempDir
    Path directory;

    private KeyFile file;
    private NewKey first;

    @BeforeEach
    void file() {
        file = new KeyFile(directory.resolve("keys"));
        first = file.add("first", Set.of(Role.READ), NOW);
    }

    @Test
    void a_key_that_is_added_or_revoked_counts_at_the_next_look() {
        KeyringWatch watch = new KeyringWatch(file, troubles::add);
        assertThat(watch.refresh()).isFalse();

        NewKey second = file.add("second", Set.of(Role.READ), NOW);
        assertThat(watch.refresh()).isTrue();
        assertThat(watch.current().find(second.key().id())).contains(second.key());

        file.revoke("first");
        assertThat(watch.refresh()).isTrue();
        assertThat(watch.current().find(first.key().id())).isEmpty();
        assertThat(troubles).isEmpty();
    }

    @Test
    void a_file_behind_a_link_that_is_turned_is_seen() throws Exception {
        // As Kubernetes mounts a secret.
        Path link = directory.resolve("mounted");
        Files.createSymbolicLink(link, file.path());
        KeyringWatch watch = new KeyringWatch(new KeyFile(link), troubles::add);
        KeyFile next = new KeyFile(directory.resolve("next"));
        NewKey second = next.add("second", Set.of(Role.READ), NOW);

        Files.delete(link);
        Files.createSymbolicLink(link, next.path());

        assertThat(watch.refresh()).isTrue();
        assertThat(watch.current().find(second.key().id())).isPresent();
    }

    @Test
    void a_broken_file_changes_nothing_is_told_once_and_can_be_mended() throws Exception {
        KeyringWatch watch = new KeyringWatch(file, troubles::add);
        String good = Files.readString(file.path());

        Files.writeString(file.path(), good + "half a li");
        assertThat(watch.refresh()).isFalse();
        assertThat(watch.refresh()).isFalse();
        Files.delete(file.path());
        assertThat(watch.refresh()).isFalse();

        assertThat(watch.current().find(first.key().id())).contains(first.key());
        assertThat(troubles).hasSize(2);
        assertThat(troubles.get(0)).contains("Line 4");
        assertThat(troubles.get(1)).contains("There is no key file");
        file.add("second", Set.of(Role.READ), NOW);
        assertThat(watch.refresh()).isTrue();
        assertThat(watch.current().size()).isEqualTo(1);
    }

    @Test
    void it_does_not_begin_without_a_file() {
        KeyFile none = new KeyFile(directory.resolve("none"));

        assertThatThrownBy(() -> new KeyringWatch(none, troubles::add)).isInstanceOf(KeyFileException.class);
    }
}
