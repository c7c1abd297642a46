package io.headwater.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {

    @TempDir
    Path root;

    @Test
    void a_service_gets_its_port_kafka_the_artifacts_and_its_own_settings() throws IOException {
        // Given
        Path jar = root.resolve("trainer-service/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
        var commands = commands(Map.of(Service.TRAINER, Map.of("headwater.training.cooldown", "5s")));

        // When
        ProcessBuilder process = commands.of(Service.TRAINER);

        // Then
        assertThat(process.command())
                .contains(
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=8082",
                        "-Dkafka.bootstrap.servers=127.0.0.1:9092",
                        "-Dheadwater.artifacts=" + root.resolve("home/artifacts"),
                        "-Dheadwater.trainer.state-dir=" + root.resolve("home/streams"),
                        "-Dheadwater.training.cooldown=5s",
                        "-Dquarkus.http.cors.origins=http://127.0.0.1:8080,http://localhost:8080",
                        jar.toString());
        assertThat(process.environment())
                .doesNotContainKey(Home.VARIABLE)
                .containsEntry("DJL_CACHE_DIR", root.resolve("home/cache").toString());
    }

    @Test
    void a_service_that_is_not_built_is_named_with_the_remedy() {
        assertThatThrownBy(() -> commands(Map.of()).of(Service.INGEST))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("ingest-service is not built");
    }

    private ServiceProcess commands(Map<Service, Map<String, String>> settings) {
        return new ServiceProcess(
                new Home(root.resolve("home")), Ports.withOffset(0), new Distribution(root), settings);
    }
}
