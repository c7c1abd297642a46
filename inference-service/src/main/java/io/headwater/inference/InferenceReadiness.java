package io.headwater.inference;

import io.headwater.inference.rollout.Refusal;
import io.headwater.inference.rollout.RolloutState;
import io.headwater.inference.stream.PipelineStatus;
import io.headwater.inference.stream.ReembeddingStatus;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: a backbone is loaded, and the instance is in the consumer group. A refused generation does not make it
 * unready, the old one goes on; it is told in the details.
 */
@Readiness
@ApplicationScoped
class InferenceReadiness implements HealthCheck {
    private final InferenceService service;

    InferenceReadiness(InferenceService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return describe(service.rollout(), service.pipeline(), service.reembedding());
    }

    static HealthCheckResponse describe(RolloutState rollout, PipelineStatus pipeline, ReembeddingStatus reembedding) {
        boolean loaded = rollout.generation().isPresent();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("inference")
                .status(loaded && pipeline.isMember())
                .withData("partitions", pipeline.partitions())
                .withData("images", pipeline.images());
        if (!loaded) {
            response.withData("reason", "no backbone yet: the trainer-service publishes it at its first start");
        } else if (!pipeline.isMember()) {
            response.withData("reason", "not in the consumer group yet");
        }
        rollout.generation().ifPresent(generation -> response.withData("generation", generation));
        rollout.stable().ifPresent(version -> response.withData("stable", version));
        pipeline.trouble().ifPresent(trouble -> response.withData("trouble", trouble));
        rollout.nextBackbone().ifPresent(backbone -> response.withData("nextBackbone", backbone));
        reembedding.remaining().ifPresent(count -> response.withData("reembedding.remaining", count));
        reembedding.trouble().ifPresent(trouble -> response.withData("reembedding.trouble", trouble));
        for (Refusal refusal : rollout.refused()) {
            String name = refusal.generation() < 0 ? "refused.garbage" : "refused." + refusal.generation();
            response.withData(name, refusal.reason());
        }
        return response.build();
    }
}
