package io.headwater.trainer.control;

import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.trainings.Trainings;
import io.headwater.trainer.trainings.WaitingLabels;
import io.headwater.trainer.trainingset.TrainingSet;

/**
 * What a trainer knows, all of it in memory and shared with the REST interface.
 *
 * @param registry versions and rollouts
 * @param trainingSet the labelled examples
 * @param trainings what runs, ran, or was asked for
 * @param waitingLabels labels that no training has seen
 */
public record Knowledge(Registry registry, TrainingSet trainingSet, Trainings trainings, WaitingLabels waitingLabels) {}
