package io.headwater.trainer.suspects;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An example whose label is probably wrong.
 *
 * @param id image id
 * @param label the label it has
 * @param suggestedLabel the label it probably should have
 * @param probability of the label it has, 0 to 1
 * @param suggestedProbability of the suggested one, 0 to 1
 * @param margin how much larger that is
 * @param split {@code train} or {@code holdout}
 */
@Schema(description = "An example whose label is probably wrong")
public record Suspect(
        String id,
        String label,
        String suggestedLabel,
        float probability,
        float suggestedProbability,
        float margin,
        String split) {}
