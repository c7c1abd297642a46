package io.headwater.trainer.trainingset;

import java.time.Instant;
import java.util.Optional;

/**
 * What has come since a version was trained.
 *
 * @param count images that were labelled since, or labelled anew
 * @param oldest when the first of them became an example
 */
public record NewLabels(int count, Optional<Instant> oldest) {}
