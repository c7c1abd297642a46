package io.headwater.trainer.trainings;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a client may say about a training it asks for.
 *
 * @param reason why, for the record; 1 to 256 characters, or absent
 */
@Schema(name = "TrainingRequest")
public record TrainingRequest(@Schema(examples = "\"Forty labels were corrected\"") String reason) {}
