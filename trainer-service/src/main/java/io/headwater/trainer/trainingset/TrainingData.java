package io.headwater.trainer.trainingset;

import java.util.List;
import java.util.Map;

/**
 * What one training works on: a copy, in the order of the image ids.
 *
 * @param labels the classes that have enough examples, sorted
 * @param train examples of these classes that are learnt from
 * @param holdout examples of these classes that are only measured on
 * @param offsets for each partition of {@code examples} the offset after the last record that is in it
 */
public record TrainingData(List<String> labels, LabelledRows train, LabelledRows holdout, Map<Integer, Long> offsets) {}
