package io.headwater.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A model version as the trainer-service tells it.
 *
 * @param reason why its state is that; a sentence for people
 * @param examples it was trained on
 * @param holdoutExamples it was measured on
 * @param accuracy on the holdout, 0 to 1
 * @param logLoss on the holdout, nats
 * @param initialAccuracy on the holdout before training
 * @param trainedAt time, as text
 */
public record ModelVersion(
        long version,
        String state,
        String reason,
        List<String> labels,
        long examples,
        long holdoutExamples,
        double accuracy,
        double logLoss,
        double initialAccuracy,
        String trainedAt) {

    static ModelVersion read(JsonNode node) {
        List<String> labels = new ArrayList<>();
        node.path("labels").forEach(label -> labels.add(label.asText()));
        JsonNode metrics = node.path("metrics");
        return new ModelVersion(
                node.path("version").asLong(),
                node.path("state").asText(),
                node.path("reason").asText(),
                List.copyOf(labels),
                node.path("examples").asLong(),
                node.path("holdoutExamples").asLong(),
                metrics.path("accuracy").asDouble(),
                metrics.path("logLoss").asDouble(),
                metrics.path("initial").path("accuracy").asDouble(),
                node.path("trainedAt").asText());
    }

    /** Whether all traffic that is not a canary's gets its answers. */
    public boolean isStable() {
        return state.equalsIgnoreCase("stable");
    }

    /** Whether it is not served: the gate could not tell if it may be, or it waits for its turn. */
    public boolean isCandidate() {
        return state.equalsIgnoreCase("candidate");
    }
}
