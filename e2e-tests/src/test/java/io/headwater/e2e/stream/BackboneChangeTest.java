package io.headwater.e2e.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.Backbone;
import io.headwater.events.ImageClassified;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.local.client.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another input size makes another backbone of the same network. It is changed while images flow. */
class BackboneChangeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int LABELLED = 150;

    private static RunningHeadwater headwater;

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private int next = 1000;

    @BeforeAll
    static void start() throws Exception {
        headwater = RunningHeadwater.start(
                "backbone-change",
                Map.of(
                        "headwater.backbone.input-size", "96",
                        "headwater.training.min-new-labels", String.valueOf(LABELLED),
                        "headwater.training.max-label-age", "1h",
                        // So few held-out pictures exclude no smaller loss.
                        "headwater.gate.margin", "0.4"));
    }

    @AfterAll
    static void stop() {
        headwater.close();
    }

    @Test
    void the_old_version_serves_on_until_one_on_the_new_backbone_takes_its_place() throws Exception {
        // Given
        accepted.addAll(headwater.sendAll(0, LABELLED, true));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(headwater.controlPlane().stable()).isPresent());
        Backbone old = last().getBackbone();
        assertThat(old.getInputSize()).isEqualTo(96);
        ScheduledExecutorService upload = Executors.newSingleThreadScheduledExecutor();
        upload.scheduleWithFixedDelay(this::send, 0, 50, TimeUnit.MILLISECONDS);

        // When
        headwater.restartTrainer("headwater.backbone.input-size", "64");

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(last().getBackbone().getInputSize()).isEqualTo(64));
        int before = accepted.size();
        await().atMost(PATIENCE).until(() -> accepted.size() > before + 20);
        upload.shutdown();
        assertThat(upload.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        RolloutChanged rollout = last();
        assertThat(rollout.getNextBackbone()).isNull();
        assertThat(headwater.ledger().rollouts()).anySatisfy(change -> {
            assertThat(change.getNextBackbone()).isEqualTo(rollout.getBackbone());
            assertThat(change.getBackbone()).isEqualTo(old);
            assertThat(change.getStable().getVersion()).isEqualTo(1);
        });
        long version = rollout.getStable().getVersion();
        assertThat(states(1)).endsWith(ModelState.RETIRED);
        assertThat(states(version)).endsWith(ModelState.STABLE);
        assertEachWasAnsweredOnce(version);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lastBackbones())
                .containsOnly(rollout.getBackbone().getId()));
    }

    private void assertEachWasAnsweredOnce(long version) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(headwater.ledger().predictions().keySet()).containsAll(accepted));
        Map<String, List<ImageClassified>> predictions = headwater.ledger().predictions();
        assertThat(predictions.values())
                .allSatisfy(answers -> assertThat(answers).hasSize(1));
        assertThat(predictions.values().stream().map(answers -> answers.get(0).getVersion()))
                .contains(1L, version);
    }

    private static List<String> lastBackbones() {
        Map<String, List<ImageEmbedded>> embeddings = headwater.ledger().embeddings();
        return embeddings.values().stream()
                .map(all -> all.get(all.size() - 1).getBackbone())
                .toList();
    }

    private static List<ModelState> states(long version) {
        return headwater.ledger().models().get(String.valueOf(version)).stream()
                .map(entry -> entry.getState())
                .toList();
    }

    private static RolloutChanged last() {
        List<RolloutChanged> all = headwater.ledger().rollouts();
        return all.get(all.size() - 1);
    }

    private void send() {
        try {
            if (headwater.send(next, false) instanceof Answer.Accepted yes) {
                accepted.add(yes.id());
                next++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
