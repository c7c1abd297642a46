package io.headwater.trainer.nearest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A labelled image that another is like.
 *
 * @param id image id
 * @param label its class
 * @param similarity cosine of the angle between the standardised embeddings, -1 to 1; 1 is the same
 */
@Schema(name = "Neighbour", description = "A labelled image that another is like")
public record Neighbour(String id, String label, double similarity) {}
