package io.headwater.trainer.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Live quality as clients see it.
 *
 * @param images labelled images that a version had answered
 * @param unbiased which of the figures are like those of all images, and why; a sentence for people
 * @param labels how many of their labels count
 * @param fall that the stable version has become worse than its holdout promised, if it has; a sentence for people
 * @param stable how it stands to that promise, if it has one
 * @param versions the newest first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record QualityView(
        int images,
        String unbiased,
        LabelWeights labels,
        Optional<String> fall,
        Optional<FallCheck> stable,
        List<VersionQuality> versions) {}
