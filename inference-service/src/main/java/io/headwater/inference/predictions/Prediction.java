package io.headwater.inference.predictions;

import io.headwater.events.ImageClassified;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One committed prediction, for people and programs.
 *
 * @param imageId its id
 * @param version that answered; empty while there is none
 * @param generation of the rollout that was obeyed
 * @param canary whether the version answered as the canary
 * @param label the most probable one
 * @param confidence its probability, 0 to 1
 * @param top the most probable labels, best first
 * @param shadows what the versions that were only listening would have said
 * @param timings where the time went
 * @param ingestedAt when the front door accepted the image
 * @param classifiedAt when the prediction was made
 * @param partition of {@code images} and {@code predictions}
 * @param offset of the image
 * @param thumbnail whether its picture is still there
 */
record Prediction(
        String imageId,
        Optional<Long> version,
        long generation,
        boolean canary,
        Optional<String> label,
        float confidence,
        List<Scored> top,
        List<Shadow> shadows,
        Timings timings,
        Instant ingestedAt,
        Instant classifiedAt,
        int partition,
        long offset,
        boolean thumbnail) {

    /**
     * A label.
     *
     * @param label its name
     * @param probability 0 to 1
     */
    record Scored(String label, float probability) {}

    /**
     * What a version would have said.
     *
     * @param version its number
     * @param label the most probable one
     * @param confidence its probability, 0 to 1
     */
    record Shadow(long version, String label, float confidence) {}

    /**
     * Microseconds of each stage.
     *
     * @param decodeMicros JPEG to pixels
     * @param embedMicros pixels to embedding
     * @param scoreMicros embedding to probabilities of all versions
     */
    record Timings(long decodeMicros, long embedMicros, long scoreMicros) {}

    static Prediction of(Recent recent, ImageClassified event) {
        return new Prediction(
                recent.imageId(),
                Optional.ofNullable(event.getVersion()),
                event.getGeneration(),
                event.getCanary(),
                Optional.ofNullable(event.getLabel()),
                event.getConfidence(),
                event.getTop().stream()
                        .map(scored -> new Scored(scored.getLabel(), scored.getProbability()))
                        .toList(),
                event.getShadows().stream()
                        .map(shadow -> new Shadow(shadow.getVersion(), shadow.getLabel(), shadow.getConfidence()))
                        .toList(),
                new Timings(
                        event.getTimings().getDecodeMicros(),
                        event.getTimings().getEmbedMicros(),
                        event.getTimings().getScoreMicros()),
                event.getIngestedAt(),
                event.getClassifiedAt(),
                recent.partition(),
                recent.offset(),
                recent.image().isPresent());
    }
}
