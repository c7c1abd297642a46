package io.headwater.e2e.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.events.ModelState;
import io.headwater.local.client.ModelVersion;
import io.headwater.local.launch.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A rollout by the default policy, with steps of seconds, and a data plane that is not as it should be. Each test goes on where the
 * one before stopped.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RolloutFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static RunningHeadwater headwater;

    @BeforeAll
    static void start() throws Exception {
        headwater = RunningHeadwater.start(
                "rollout-faults",
                Map.ofEntries(
                        Map.entry("headwater.rollout.policy", "shadow-then-canary"),
                        Map.entry("headwater.rollout.step-weights", "50"),
                        Map.entry("headwater.rollout.interval", "0s"),
                        Map.entry("headwater.rollout.min-labels", "10"),
                        // So few labels exclude no smaller loss.
                        Map.entry("headwater.rollout.tolerance", "0.4"),
                        // And so few images share out their classes as they like.
                        Map.entry("headwater.rollout.min-agreement", "0"),
                        Map.entry("headwater.rollout.max-stability-index", "100"),
                        Map.entry("headwater.rollout.max-confidence-shift", "1"),
                        Map.entry("headwater.rollout.cooldown", "0s"),
                        Map.entry("headwater.quality.counted", "all"),
                        Map.entry("headwater.gate.margin", "0.4"),
                        // A version comes when it is asked for.
                        Map.entry("headwater.training.min-new-labels", "100000"),
                        Map.entry("headwater.training.max-label-age", "1h")),
                Map.of("headwater.inference.heartbeat", "1s"));
    }

    @AfterAll
    static void stop() {
        headwater.close();
    }

    @Test
    @Order(1)
    void the_first_version_goes_live_at_once() throws Exception {
        headwater.sendAll(0, 120, true);
        train(120);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(headwater.controlPlane().stable()).isPresent());
        assertThat(rollout().path("policy").asText()).isEqualTo("shadow-then-canary");
        assertThat(rollout().path("stable").asLong()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void an_instance_that_can_not_follow_holds_the_next_version_and_is_held_against_nobody() throws Exception {
        Path emptyStore = Files.createDirectories(RunningHeadwater.directory("rollout-faults-other"));
        try (InferenceProcess other = InferenceProcess.start(
                emptyStore,
                Map.of(
                        "kafka.bootstrap.servers",
                        headwater.addresses().kafka(),
                        "headwater.artifacts",
                        emptyStore.resolve("artifacts").toString(),
                        "headwater.inference.instance-id",
                        "other",
                        "headwater.inference.heartbeat",
                        "1s"))) {
            await().atMost(PATIENCE).until(() -> dataPlane().path("instances").asInt() == 2);
            headwater.sendAll(120, 150, true);
            train(150);
            await().atMost(PATIENCE).until(() -> state(2) == ModelState.SHADOW);

            // Enough labels, and answered by both
            headwater.sendAll(1_000, 1_040, true);

            await().atMost(PATIENCE).until(() -> waitingFor().contains("these don't serve this generation yet: other"));
            await().atMost(PATIENCE)
                    .until(() -> dataPlane()
                                    .path("refusals")
                                    .path(0)
                                    .path("attempts")
                                    .asInt()
                            >= 3);
            assertThat(state(2)).isEqualTo(ModelState.SHADOW);
            other.kill();
        }

        // It is gone without a word: after three heartbeats nobody waits for it
        await().atMost(PATIENCE).until(() -> state(2) == ModelState.CANARY);
        assertThat(rollout().path("canaryPercentage").asInt()).isEqualTo(50);
    }

    @Test
    @Order(3)
    void while_all_instances_are_down_a_canary_stays_and_then_it_goes_on() throws Exception {
        await().atMost(PATIENCE).until(() -> dataPlane().path("behind").isEmpty());
        List<String> answered = headwater.sendAll(2_000, 2_040, false);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(headwater.ledger().predictions().keySet()).containsAll(answered));
        headwater.cluster().kill(Service.INFERENCE);
        await().atMost(PATIENCE).until(() -> dataPlane().path("instances").asInt() == 0);
        long generation = rollout().path("generation").asLong();

        // Labels enough to go on
        headwater.sendAll(2_000, 2_040, true);

        await().atMost(PATIENCE).until(() -> waitingFor().startsWith("No instance of the inference-service reports"));
        assertThat(rollout().path("generation").asLong()).isEqualTo(generation);
        assertThat(state(2)).isEqualTo(ModelState.CANARY);
        headwater.cluster().start(Service.INFERENCE);
        await().atMost(PATIENCE).until(() -> state(2) == ModelState.STABLE);
        assertThat(rollout().path("reason").asText()).contains("labelled images");
    }

    @Test
    @Order(4)
    void a_canary_whose_file_is_damaged_is_reported_and_rolled_back_and_its_predecessor_serves_on() throws Exception {
        List<String> embedded = headwater.sendAll(3_000, 3_030, false);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(headwater.ledger().embeddings().keySet()).containsAll(embedded));
        headwater.cluster().kill(Service.INFERENCE);
        headwater.sendAll(3_000, 3_030, true);
        train(260);
        await().atMost(PATIENCE).until(() -> state(3) == ModelState.SHADOW);
        assertThat(headwater
                        .controlPlane()
                        .changeRollout("3/canary?percentage=50", "*", "test", "Whatever it is.")
                        .isOk())
                .isTrue();
        damage(3);

        headwater.cluster().start(Service.INFERENCE);

        await().atMost(PATIENCE).until(() -> state(3) == ModelState.ROLLED_BACK);
        JsonNode rollout = rollout();
        assertThat(rollout.path("reason").asText())
                .startsWith("Version 3 is rolled back. The instance ")
                .contains("can't serve it, after 3 attempts: artifact models/3/head.onnx should have SHA-256");
        assertThat(rollout.path("stable").asLong()).isEqualTo(2);
        assertThat(rollout.path("failed").asLong()).isEqualTo(3);
        assertThat(rollout.path("unfit").asBoolean()).isTrue();
        assertThat(rollout.path("shadows").toString()).doesNotContain("3");
        String next = headwater.sendAll(4_000, 4_001, false).get(0);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        headwater.ledger().predictions().get(next))
                .singleElement()
                .satisfies(prediction -> assertThat(prediction.getVersion()).isEqualTo(2)));
    }

    private static void damage(long version) throws Exception {
        Path head = headwater
                .cluster()
                .home()
                .artifacts()
                .resolve("models")
                .resolve(String.valueOf(version))
                .resolve("head.onnx");
        byte[] bytes = Files.readAllBytes(head);
        bytes[bytes.length / 2] ^= 1;
        Files.write(head, bytes);
    }

    /** Asks for a training as soon as there are so many examples. */
    private static void train(int examples) {
        await().atMost(PATIENCE)
                .until(() -> headwater.trainer("/examples").path("total").asInt() >= examples);
        await().atMost(PATIENCE).until(headwater.controlPlane()::train);
    }

    private static ModelState state(long version) throws Exception {
        return headwater.controlPlane().models().stream()
                .filter(model -> model.version() == version)
                .map(ModelVersion::state)
                .map(state -> ModelState.valueOf(state.toUpperCase(Locale.ROOT).replace(' ', '_')))
                .findFirst()
                .orElse(ModelState.CANDIDATE);
    }

    private static JsonNode rollout() throws InterruptedException {
        return headwater.controlPlane().rollout().body();
    }

    private static JsonNode dataPlane() throws InterruptedException {
        return rollout().path("evidence").path("dataPlane");
    }

    private static String waitingFor() throws InterruptedException {
        return rollout().path("waitingFor").asText();
    }
}
