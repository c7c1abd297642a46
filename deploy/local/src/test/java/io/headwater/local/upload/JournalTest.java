package io.headwater.local.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final URI DOOR = URI.create("http://127.0.0.1:8080");

    @TempDir
    Path journals;

    @TempDir
    Path folder;

    private ImageFile picture;

    @BeforeEach
    void picture() throws IOException {
        Path path = Files.writeString(folder.resolve("a b.jpg"), "bytes");
        picture = new ImageFile(path, "rose/a b.jpg", Optional.of("rose"));
    }

    @Test
    void what_was_accepted_is_known_after_a_restart() throws IOException {
        try (var journal = open(DOOR, false)) {
            journal.add(picture);
        }

        try (var journal = open(DOOR, false)) {
            assertThat(journal.has(picture)).isTrue();
        }
    }

    @Test
    void a_changed_file_another_label_or_another_door_is_new() throws IOException {
        try (var journal = open(DOOR, false)) {
            journal.add(picture);
            assertThat(journal.has(new ImageFile(picture.path(), picture.name(), Optional.of("tulip"))))
                    .isFalse();
            Files.writeString(picture.path(), "more", StandardOpenOption.APPEND);
            assertThat(journal.has(picture)).isFalse();
        }
        try (var journal = open(URI.create("http://127.0.0.1:9999"), false)) {
            assertThat(journal.has(picture)).isFalse();
        }
    }

    @Test
    void a_line_that_a_crash_cut_off_spoils_nothing() throws IOException {
        // Given
        try (var journal = open(DOOR, false)) {
            journal.add(picture);
        }
        try (var files = Files.list(journals)) {
            Files.writeString(files.findFirst().orElseThrow(), "5 17", StandardOpenOption.APPEND);
        }
        var other = new ImageFile(picture.path(), "rose/other.jpg", picture.label());

        // When
        try (var journal = open(DOOR, false)) {
            journal.add(other);
        }

        // Then
        try (var journal = open(DOOR, false)) {
            assertThat(journal.has(picture)).isTrue();
            assertThat(journal.has(other)).isTrue();
        }
    }

    @Test
    void again_forgets() throws IOException {
        try (var journal = open(DOOR, false)) {
            journal.add(picture);
        }

        try (var journal = open(DOOR, true)) {
            assertThat(journal.has(picture)).isFalse();
        }
    }

    private Journal open(URI door, boolean again) throws IOException {
        return Journal.open(journals, folder, door, again);
    }
}
