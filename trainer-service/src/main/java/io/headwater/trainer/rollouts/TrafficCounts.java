package io.headwater.trainer.rollouts;

import io.headwater.events.ImageClassified;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts what two versions say of the same images. */
final class TrafficCounts {
    private final long version;
    private final long against;
    private final Map<String, Long> first = new HashMap<>();
    private final Map<String, Long> second = new HashMap<>();
    private long images;
    private long agreed;
    private double confidenceShift;

    TrafficCounts(long version, long against) {
        this.version = version;
        this.against = against;
    }

    /** Takes a prediction; one that both did not answer doesn't count. */
    void add(ImageClassified prediction) {
        Optional<Answer> own = answer(prediction, version);
        Optional<Answer> other = answer(prediction, against);
        if (own.isPresent() && other.isPresent()) {
            images++;
            agreed += own.get().label().equals(other.get().label()) ? 1 : 0;
            confidenceShift += own.get().confidence() - other.get().confidence();
            first.merge(own.get().label(), 1L, Long::sum);
            second.merge(other.get().label(), 1L, Long::sum);
        }
    }

    /** What they say together; empty before the first image. */
    Optional<Traffic> traffic() {
        return images == 0
                ? Optional.empty()
                : Optional.of(new Traffic(
                        images, (double) agreed / images, confidenceShift / images, Traffic.stability(first, second)));
    }

    private record Answer(String label, float confidence) {}

    private static Optional<Answer> answer(ImageClassified prediction, long version) {
        if (prediction.getVersion() != null && prediction.getVersion() == version && prediction.getLabel() != null) {
            return Optional.of(new Answer(prediction.getLabel(), prediction.getConfidence()));
        }
        return prediction.getShadows().stream()
                .filter(shadow -> shadow.getVersion() == version)
                .findFirst()
                .map(shadow -> new Answer(shadow.getLabel(), shadow.getConfidence()));
    }
}
