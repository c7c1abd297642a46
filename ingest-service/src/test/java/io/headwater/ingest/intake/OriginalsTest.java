package io.headwater.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headwater.artifacts.ArtifactsConfig;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalsTest {
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    Path store;

    private final Upload upload = Upload.of(BYTES, "kept", null, null, null);

    @Test
    void an_original_is_kept_byte_for_byte_under_its_hash() throws Exception {
        originals(true, store.toString()).keep(upload);
        originals(true, store.toString()).keep(upload);

        Path file = store.resolve("originals")
                .resolve(upload.sha256().substring(0, 2))
                .resolve(upload.sha256());
        assertThat(files()).containsExactly(file);
        assertThat(file).hasBinaryContent(BYTES);
    }

    @Test
    void without_the_wish_nothing_is_kept() throws Exception {
        originals(false, store.toString()).keep(upload);

        assertThat(files()).isEmpty();
    }

    @Test
    void what_cannot_be_kept_is_not_accepted() throws Exception {
        Path file = Files.write(store.resolve("file"), BYTES);
        Originals originals = originals(true, file.toString());

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> originals.keep(upload));

        assertThat(refused.kind()).isEqualTo(ProblemKind.STORE_UNAVAILABLE);
    }

    @Test
    void a_bucket_needs_the_client_that_is_not_built_in() {
        assertThatThrownBy(() -> originals(true, "s3://bucket"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-Ps3-originals");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static Originals originals(boolean keep, String artifacts) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(IntakeConfig.class)
                .withMapping(ArtifactsConfig.class)
                .withValidateUnknown(false)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "headwater.intake.keep-original",
                                Boolean.toString(keep),
                                "headwater.artifacts",
                                artifacts),
                        "test",
                        100))
                .build();
        return new Originals(
                config.getConfigMapping(IntakeConfig.class), config.getConfigMapping(ArtifactsConfig.class));
    }
}
