package io.headwater.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;

/** KEDA's resources, keda.sh/v1alpha1, as far as they are used here: KEDA has no classes for Java. */
final class Keda {
    private Keda() {}

    record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Scaling spec) {}

    record Scaling(
            Target scaleTargetRef,
            Integer pollingInterval,
            Integer cooldownPeriod,
            Integer minReplicaCount,
            Integer maxReplicaCount,
            Fallback fallback,
            Advanced advanced,
            List<Trigger> triggers) {}

    record Target(String apiVersion, String kind, String name) {}

    record Fallback(int failureThreshold, int replicas) {}

    record Advanced(Boolean restoreToOriginalReplicaCount, Autoscaler horizontalPodAutoscalerConfig) {}

    record Autoscaler(String name, HorizontalPodAutoscalerBehavior behavior) {}

    /** All of a trigger's metadata are strings, numbers too; so they are checked apart. */
    record Trigger(String type, String name, JsonNode metadata, Authentication authenticationRef) {}

    record Authentication(String name, String kind) {}

    record TriggerAuthentication(String apiVersion, String kind, ObjectMeta metadata, Sources spec) {}

    record Sources(List<SecretKey> secretTargetRef, List<SecretKey> configMapTargetRef) {}

    record SecretKey(String parameter, String name, String key) {}

    /** What a kafka trigger may be told, of KEDA 2.14. */
    static final Map<String, String> KAFKA = Map.of(
            "bootstrapServers", ".+:\\d+",
            "consumerGroup", ".+",
            "topic", ".+",
            "lagThreshold", "\\d+",
            "offsetResetPolicy", "latest|earliest");
}
