package io.headwater.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.inference.instances.InstanceState;
import io.headwater.inference.rollout.Refusal;
import io.headwater.inference.rollout.RolloutState;
import io.headwater.inference.stream.PipelineStatus;
import io.headwater.inference.stream.ReembeddingStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class InferenceReadinessTest {
    @Test
    void without_a_generation_it_is_not_ready_whatever_the_partitions() {
        HealthCheckResponse response = describe(rollout(Optional.empty()), List.of(0, 1), true);

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(data(response)).containsEntry("partitions", 2L).containsKey("reason");
    }

    @Test
    void loaded_but_not_told_its_partitions_it_is_not_ready() {
        HealthCheckResponse response = describe(rollout(Optional.of(3L)), List.of(), false);

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(data(response)).containsEntry("generation", 3L);
        assertThat(data(response).get("reason")).asString().contains("consumer group");
    }

    @Test
    void loaded_and_assigned_it_is_ready() {
        HealthCheckResponse response = describe(rollout(Optional.of(3L)), List.of(1), true);

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(data(response)).containsEntry("partitions", 1L).doesNotContainKeys("reason", "spare");
    }

    @Test
    void a_spare_that_was_told_it_has_no_partition_is_ready_and_says_so() {
        HealthCheckResponse response = describe(rollout(Optional.of(3L)), List.of(), true);

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(data(response)).containsKey("spare").doesNotContainKey("reason");
    }

    @Test
    void a_refused_generation_is_told_and_leaves_it_ready() {
        RolloutState refusing =
                rollout(Optional.of(3L), new Refusal(4, "no such file", Instant.EPOCH, 2, Optional.empty()));

        HealthCheckResponse response = describe(refusing, List.of(0), true);

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(data(response)).containsEntry("refused.4", "no such file");
    }

    private static HealthCheckResponse describe(RolloutState rollout, List<Integer> partitions, boolean member) {
        return InferenceReadiness.describe(
                new InstanceState(rollout, partitions, member), new PipelineStatus(), new ReembeddingStatus());
    }

    private static Map<String, Object> data(HealthCheckResponse response) {
        return response.getData().orElseThrow();
    }

    private static RolloutState rollout(Optional<Long> generation, Refusal... refused) {
        return new RolloutState(
                generation,
                Optional.of("backbone"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                Optional.empty(),
                List.of(refused));
    }
}
