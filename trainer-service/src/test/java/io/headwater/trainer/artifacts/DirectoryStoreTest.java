package io.headwater.trainer.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends ArtifactStoreContract {
    @TempDir
    Path base;

    @Override
    ArtifactStore empty() {
        return new DirectoryStore(base);
    }

    @Test
    void no_directory_stays_when_the_last_file_of_a_version_is_removed() throws IOException {
        empty().write("models/1/head.onnx", new byte[1]);
        empty().write("models/2/head.onnx", new byte[1]);

        empty().delete("models/1/head.onnx");

        try (Stream<Path> versions = Files.list(base.resolve("models"))) {
            assertThat(versions).containsExactly(base.resolve("models/2"));
        }
    }

    @Test
    void what_a_killed_writer_left_is_no_artifact_and_can_be_removed() throws IOException {
        empty().write("models/1/head.onnx", new byte[1]);
        Path half = Files.write(base.resolve("models/1/.writing-0b7c"), new byte[3]);
        assertThat(empty().list("models")).containsExactly("models/1/head.onnx");

        assertThat(empty().halfWritten()).containsExactly("models/1/.writing-0b7c");
        empty().delete("models/1/.writing-0b7c");

        assertThat(half).doesNotExist();
        assertThat(empty().list("models")).containsExactly("models/1/head.onnx");
    }

    @Test
    void a_file_that_no_uri_can_name_is_left_alone() throws IOException {
        empty().write("models/1/head.onnx", new byte[1]);
        Files.write(base.resolve("models/1/my notes.txt"), new byte[1]);

        assertThat(empty().list("models")).containsExactly("models/1/head.onnx");
    }

    @Test
    void whoever_may_read_new_files_may_read_artifacts() throws IOException {
        empty().write("models/1/head.onnx", new byte[1]);

        Path plain = Files.createFile(base.resolve("plain"));
        assertThat(Files.getPosixFilePermissions(base.resolve("models/1/head.onnx")))
                .isEqualTo(Files.getPosixFilePermissions(plain));
    }
}
