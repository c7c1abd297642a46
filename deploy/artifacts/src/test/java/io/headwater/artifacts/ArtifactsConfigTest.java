package io.headwater.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactsConfigTest {
    @Test
    void defaults() {
        ArtifactsConfig config = config(Map.of());

        assertThat(config.location())
                .isEqualTo(new ArtifactLocation.Directory(Path.of("/home/x/.headwater/artifacts")));
        assertThat(config.toS3()).isEqualTo(new S3Settings(Optional.empty(), Optional.empty(), false));
    }

    @Test
    void names() {
        ArtifactsConfig config = config(Map.of(
                "headwater.artifacts", "s3://models/a/b",
                "headwater.s3.endpoint", "http://localhost:9000",
                "headwater.s3.region", "eu-central-1",
                "headwater.s3.path-style", "false"));

        assertThat(config.location()).isEqualTo(new ArtifactLocation.Bucket("models", "a/b"));
        assertThat(config.toS3())
                .isEqualTo(new S3Settings(
                        Optional.of(URI.create("http://localhost:9000")), Optional.of("eu-central-1"), false));
        assertThat(config.files()).hasToString("s3://models/a/b");
    }

    @Test
    void an_endpoint_is_asked_with_the_bucket_in_the_path_unless_told() {
        assertThat(config(Map.of("headwater.s3.endpoint", "https://s3.example.org"))
                        .toS3()
                        .pathStyle())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket, bucket, ''",
        "s3://bucket/, bucket, ''",
        "s3://my.bucket-2/p, my.bucket-2, p",
        "s3://bucket/p/q/, bucket, p/q"
    })
    void a_bucket_with_or_without_a_prefix(String location, String bucket, String prefix) {
        assertThat(ArtifactLocation.of(location)).isEqualTo(new ArtifactLocation.Bucket(bucket, prefix));
    }

    @Test
    void a_path_and_a_file_uri_name_a_directory() {
        assertThat(ArtifactLocation.of("file:///var/lib/x")).isEqualTo(ArtifactLocation.of("/var/lib/x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host/directory",
                "s3://",
                "s3:bucket",
                "s3:///prefix",
                "s3://Bucket",
                "s3://b",
                "s3://bucket//p",
                "s3://bucket/../other",
                "s3://bucket/a b",
                "s3://key:secret@bucket",
                "file:relative",
                " "
            })
    void another_location_is_refused_with_the_key_the_value_and_the_remedy(String location) {
        assertThatThrownBy(() -> ArtifactLocation.of(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headwater.artifacts is '" + location + "'")
                .hasMessageContaining("s3://bucket/headwater");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9000", "ftp://host", "http://", "http://me:password@host", "http://a b"})
    void an_endpoint_that_is_none_is_refused_and_not_repeated(String endpoint) {
        assertThatThrownBy(
                        () -> config(Map.of("headwater.s3.endpoint", endpoint)).toS3())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headwater.s3.endpoint")
                .hasMessageNotContaining("me:password");
    }

    @Test
    void a_region_that_is_none_is_refused() {
        assertThatThrownBy(() -> config(Map.of("headwater.s3.region", "Frankfurt am Main"))
                        .toS3())
                .hasMessageContaining("headwater.s3.region is 'Frankfurt am Main'");
    }

    private static ArtifactsConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(ArtifactsConfig.class)
                .withDefaultValues(values)
                .withDefaultValue("user.home", "/home/x")
                .build()
                .getConfigMapping(ArtifactsConfig.class);
    }
}
