package io.headwater.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.local.launch.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that others could reach and that ask nobody, or could know nobody, do not start and say why. */
class OpenToAllTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"ingest-service", "inference-service", "trainer-service"})
    void a_service_that_asks_nobody_does_not_start_where_others_can_reach_it(String service) throws Exception {
        String output = failedStart(service, "-Dquarkus.http.host=0.0.0.0");

        assertThat(output)
                .contains("headwater.auth is none, so everybody may do everything, but quarkus.http.host is 0.0.0.0")
                .contains("set headwater.auth to api-key")
                .doesNotContain("Listening on");
    }

    @Test
    void keys_that_are_not_there_are_told_at_the_start() throws Exception {
        String output = failedStart(
                "ingest-service", "-Dheadwater.auth=api-key", "-Dheadwater.keys.file=" + directory.resolve("none"));

        assertThat(output).contains("There is no key file " + directory.resolve("none"), "./headwater keys add");
    }

    @Test
    void a_provider_that_nobody_named_is_told_at_the_start() throws Exception {
        String output = failedStart("ingest-service", "-Dheadwater.auth=oidc");

        assertThat(output).contains("'quarkus.oidc.auth-server-url' property must be configured");
    }

    private String failedStart(String service, String... settings) throws Exception {
        Path log = directory.resolve("log");
        Path jar = Distribution.locate().root().resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dquarkus.http.port=0"));
        command.addAll(List.of(settings));
        command.addAll(List.of("-jar", jar.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).isNotZero();
            return Files.readString(log);
        } finally {
            process.destroyForcibly();
        }
    }
}
