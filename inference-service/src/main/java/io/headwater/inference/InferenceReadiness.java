package io.headwater.inference;

import io.headwater.inference.instances.InstanceState;
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
 * Ready means: a generation is loaded and has run once, and the consumer group has told the instance its partitions. One that has
 * none, because there are more instances than partitions, is ready too: it takes over as soon as another one goes, and the
 * synchronous door needs no partition. A refused generation does not make it unready, the old one goes on; it is told in
 * the details. Kafka going away later changes nothing until the pipeline has to begin anew.
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
        return describe(service.instance(), service.pipeline(), service.reembedding());
    }

    static HealthCheckResponse describe(
            InstanceState instance, PipelineStatus pipeline, ReembeddingStatus reembedding) {
        RolloutState rollout = instance.rollout();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("inference")
                .status(instance.isReady())
                .withData("partitions", instance.partitions().size())
                .withData("images", pipeline.images());
        if (!instance.isLoaded()) {
            response.withData("reason", "no backbone yet: the trainer-service publishes it at its first start");
        } else if (!instance.isReady()) {
            response.withData("reason", "not in the consumer group: Kafka has not told it its partitions yet");
        } else if (instance.isSpare()) {
            response.withData("spare", "there are more instances than partitions of images");
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
