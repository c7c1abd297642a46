package io.headwater.e2e.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.local.client.Answer;
import io.headwater.local.client.ControlPlane;
import io.headwater.local.client.Credentials;
import io.headwater.local.client.FrontDoor;
import io.headwater.local.stream.Leaf;
import io.headwater.local.stream.Light;
import io.headwater.local.stream.SyntheticImages;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The images and docker-compose.yml, from nothing to a version that answers, stopped and started again. */
class ComposedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path DIRECTORY =
            Path.of(System.getProperty("headwater.e2e.directory", "target/e2e"), "composed");
    private static final String OWNER = "/var/lib/headwater/handed-out/owner/key";
    private static final List<String> SERVICES = List.of("ingest-service", "inference-service", "trainer-service");
    private static final List<Leaf> CLASSES = List.of(Leaf.MAPLE, Leaf.WILLOW);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void containers_learn_ask_for_keys_can_change_nothing_of_themselves_and_go_on_after_a_stop() throws Exception {
        try (Composition composition = Composition.orSkip(DIRECTORY)) {
            assertThat(composition.compose("up", "-d", "--build").status()).isZero();
            awaitHealthy(composition);
            String key = composition
                    .compose("run", "--rm", "-T", "--entrypoint", "cat", "keys", OWNER)
                    .output()
                    .strip();
            assertThat(key).startsWith("hw_");
            for (String service : SERVICES) {
                assertThat(status(composition, service, "")).isEqualTo(401);
                assertThat(status(composition, service, key)).isEqualTo(200);
                assertThat(composition
                                .compose("exec", "-T", service, "id", "-u")
                                .output())
                        .startsWith("10001");
                assertThat(composition
                                .compose("exec", "-T", service, "touch", "/opt/headwater/app/x")
                                .isOk())
                        .isFalse();
                assertThat(composition.compose("logs", "--no-color", service).output())
                        .doesNotContain(key);
            }
            assertThat(composition.compose("logs", "--no-color", "keys").output())
                    .doesNotContain(key);

            learn(composition, key);
            ControlPlane trainer = trainer(composition, key);
            await().atMost(PATIENCE).until(() -> trainer.stable().isPresent());

            assertThat(composition.compose("stop").isOk()).isTrue();
            for (String service : SERVICES) {
                // 143: ended by SIGTERM; 137 would be killed, as it did not end in time.
                assertThat(composition.inspect(service, "{{.State.ExitCode}}")).isIn("143", "0");
            }
            assertThat(composition.compose("up", "-d").isOk()).isTrue();
            awaitHealthy(composition);
            assertThat(trainer.stable()).isPresent();
        }
    }

    private void awaitHealthy(Composition composition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            for (String service : SERVICES) {
                assertThat(composition.inspect(service, "{{.State.Health.Status}}"))
                        .as(service)
                        .isEqualTo("healthy");
            }
        });
    }

    private static void learn(Composition composition, String key) throws Exception {
        SyntheticImages images = new SyntheticImages(7);
        FrontDoor door = new FrontDoor(composition.address("ingest-service"), new Credentials(Optional.of(key)));
        for (int i = 0; i < 60; i++) {
            Leaf leaf = CLASSES.get(i % CLASSES.size());
            assertThat(door.post(
                            images.jpeg(leaf, Light.DAY, i),
                            "image/jpeg",
                            Optional.of(leaf.label()),
                            Optional.of("leaf-" + i)))
                    .isEqualTo(new Answer.Accepted("leaf-" + i));
        }
    }

    private static ControlPlane trainer(Composition composition, String key) {
        return new ControlPlane(composition.address("trainer-service"), new Credentials(Optional.of(key)));
    }

    private int status(Composition composition, String service, String key) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(composition.address(service).resolve("/q/metrics"));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
