package io.headwater.trainer.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.artifacts.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileTest {
    @TempDir
    Path directory;

    @Test
    void a_path_and_a_file_uri_are_the_same_file() throws IOException {
        Path file = Files.write(directory.resolve("my net.onnx"), new byte[] {1, 2});

        assertThat(at(file.toString()).read()).containsExactly(1, 2);
        assertThat(at(file.toUri().toString()).read()).containsExactly(1, 2);
    }

    @Test
    void what_is_not_there_or_no_file_is_refused() {
        assertThatThrownBy(() -> at(directory.resolve("none").toString()).read())
                .hasMessage("there is no such file on the machine of this service");
        assertThatThrownBy(() -> at(directory.toString()).read()).hasMessage("it is no file");
    }

    @Test
    void another_hash_is_refused_and_both_are_named() throws IOException {
        Path file = Files.write(directory.resolve("net.onnx"), new byte[] {1, 2});
        String expected = Sha256.of(new byte[] {3});

        assertThatThrownBy(() -> FileSource.of(file.toString(), Optional.of(expected), directory)
                        .read())
                .hasMessage("its SHA-256 is " + Sha256.of(new byte[] {1, 2}) + " and not the " + expected
                        + " that is asked for");
    }

    @Test
    void a_file_of_two_gigabytes_is_refused_unread() throws IOException {
        Path file = directory.resolve("net.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 31);
        }

        assertThatThrownBy(() -> at(file.toString()).read())
                .hasMessage("it has 2147483648 bytes, and more than 536870912 are too many to embed every image with");
    }

    private FileSource at(String location) {
        return FileSource.of(location, Optional.empty(), directory);
    }
}
