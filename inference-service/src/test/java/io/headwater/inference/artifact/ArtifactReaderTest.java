package io.headwater.inference.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.inference.fixture.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactReaderTest {
    private static final byte[] BYTES = "a head".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 = TestStore.sha256(BYTES);

    @TempDir
    Path directory;

    private ArtifactReader reader;

    @BeforeEach
    void fill() {
        new TestStore(directory).write("store/models/1/head.onnx", BYTES);
        new TestStore(directory).write("secret", BYTES);
        reader = ArtifactReader.of(directory.resolve("store"));
    }

    @Test
    void what_was_announced_is_read() throws Exception {
        assertThat(reader.read("models/1/head.onnx", BYTES.length, SHA256)).isEqualTo(BYTES);
    }

    @Test
    void another_hash_is_refused() {
        assertThatThrownBy(() -> reader.read("models/1/head.onnx", BYTES.length, SHA256.replace('a', 'b')))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining(SHA256);
    }

    @Test
    void a_longer_or_shorter_file_is_refused() {
        assertThatThrownBy(() -> reader.read("models/1/head.onnx", BYTES.length - 1, SHA256))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("has 6");
        assertThatThrownBy(() -> reader.read("models/1/head.onnx", BYTES.length + 1, SHA256))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("has 6");
    }

    @Test
    void a_missing_file_is_refused() {
        assertThatThrownBy(() -> reader.read("models/2/head.onnx", BYTES.length, SHA256))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("is not in the artifact store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "models/../../secret",
                "models/%2e%2e/%2e%2e/secret",
                "/etc/passwd",
                "file:///etc/passwd",
                "//host/secret",
                "",
                "a b",
                "x%00y"
            })
    void nothing_outside_of_the_store_is_read(String reference) {
        assertThatThrownBy(() -> reader.read(reference, BYTES.length, SHA256))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("names no artifact");
    }
}
