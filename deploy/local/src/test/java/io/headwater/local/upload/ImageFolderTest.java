package io.headwater.local.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    Path directory;

    @Test
    void any_beginning_has_the_classes_in_their_proportions() throws IOException {
        // Given
        for (int i = 0; i < 40; i++) {
            file("daisy/" + i + ".jpg");
        }
        for (int i = 0; i < 20; i++) {
            file("rose/" + i + ".png");
        }

        // When
        var beginning = ImageFolder.read(directory, true).files().subList(0, 15);

        // Then
        assertThat(beginning.stream().filter(file -> file.label().orElseThrow().equals("daisy")))
                .hasSizeBetween(9, 11);
    }

    @Test
    void the_order_is_always_the_same() throws IOException {
        for (int i = 0; i < 10; i++) {
            file("daisy/" + i + ".jpg");
        }

        assertThat(ImageFolder.read(directory, true).files())
                .isEqualTo(ImageFolder.read(directory, true).files());
    }

    @Test
    void hidden_files_and_other_kinds_are_left_out_and_a_picture_at_the_top_has_no_label() throws IOException {
        file("top.jpg");
        file("rose/deep/in.JPEG");
        file("rose/notes.txt");
        file(".hidden/x.jpg");

        ImageFolder folder = ImageFolder.read(directory, true);

        assertThat(folder.files())
                .extracting(ImageFile::name)
                .containsExactlyInAnyOrder("top.jpg", "rose/deep/in.JPEG");
        assertThat(folder.labels()).containsExactly("rose");
        assertThat(folder.others()).isEqualTo(1);
    }

    @Test
    void an_empty_folder_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> ImageFolder.read(directory, true))
                .isInstanceOf(EmptyFolderException.class)
                .hasMessageContaining("There is no image in " + directory);
    }

    private void file(String name) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        Files.createFile(path);
    }
}
