package io.headwater.trainer.training;

import io.headwater.events.TrainingCause;

/**
 * What starts a training.
 *
 * @param cause what kind of event
 * @param sentence the same for people, with the numbers
 */
public record Trigger(TrainingCause cause, String sentence) {}
