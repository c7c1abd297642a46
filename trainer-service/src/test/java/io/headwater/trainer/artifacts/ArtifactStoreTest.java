package io.headwater.trainer.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
    @TempDir
    Path base;

    private ArtifactStore store;
    private VersionDirectories versions;

    @BeforeEach
    void open() {
        store = new ArtifactStore(base);
        versions = new VersionDirectories(store);
    }

    @Test
    void gives_back_what_was_written_and_leaves_nothing_else_behind() throws IOException {
        Artifact artifact = store.write("models/1/head.onnx", new byte[] {1, 2, 3});

        assertThat(store.read(artifact)).containsExactly(1, 2, 3);
        assertThat(artifact.getSize()).isEqualTo(3);
        assertThat(artifact.getUri()).isEqualTo("models/1/head.onnx");
        try (Stream<Path> files = Files.list(base.resolve("models/1"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void refuses_a_file_with_one_flipped_bit() throws IOException {
        Artifact artifact = store.write("models/1/head.onnx", new byte[] {1, 2, 3});
        Files.write(base.resolve("models/1/head.onnx"), new byte[] {1, 2, 2});

        assertThatThrownBy(() -> store.read(artifact))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("SHA-256");
    }

    @Test
    void refuses_a_uri_that_leads_out_of_the_store() {
        assertThatThrownBy(() -> store.write("../elsewhere", new byte[1])).isInstanceOf(ArtifactException.class);
        assertThatThrownBy(() -> store.path("/etc/passwd")).isInstanceOf(ArtifactException.class);
    }

    @Test
    void takes_a_path_or_a_file_uri_and_refuses_others_by_the_name_of_the_key() {
        assertThat(ArtifactStore.at(base.toUri().toString()).base()).isEqualTo(base);
        assertThat(ArtifactStore.at(base.toString()).base()).isEqualTo(base);
        assertThatThrownBy(() -> ArtifactStore.at("s3://bucket")).hasMessageContaining("headwater.artifacts");
    }

    @Test
    void a_number_is_above_all_records_and_all_directories() {
        assertThat(versions.reserve(0)).isEqualTo(1);
        assertThat(versions.reserve(0)).isEqualTo(2);
        assertThat(versions.reserve(7)).isEqualTo(8);
        assertThat(versions.reserve(3)).isEqualTo(9);
    }

    @Test
    void leftovers_without_a_record_are_removed_but_their_number_stays_taken() throws IOException {
        store.write("models/1/head.onnx", new byte[1]);
        store.write("models/2/head.onnx", new byte[1]);
        Files.createDirectories(base.resolve("models/not-a-version"));

        assertThat(versions.clearUnfinished(Set.of(1L))).containsExactly(2L);

        assertThat(store.exists("models/1/head.onnx")).isTrue();
        assertThat(store.exists("models/2/head.onnx")).isFalse();
        assertThat(versions.clearUnfinished(Set.of(1L))).isEmpty();
        assertThat(versions.reserve(1)).isEqualTo(3);
    }
}
