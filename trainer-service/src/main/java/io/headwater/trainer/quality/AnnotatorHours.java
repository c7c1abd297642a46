package io.headwater.trainer.quality;

import io.headwater.trainer.quality.AnnotatorCap.Given;
import io.headwater.trainer.quality.AnnotatorCap.Hour;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps count of the labels of each annotator and hour, so that {@link AnnotatorCap} only has to look at hours that have too
 * many. Not thread safe.
 */
final class AnnotatorHours {
    private final int most;
    private final Map<Hour, Integer> labels = new HashMap<>();
    private Optional<Set<Given>> beyond = Optional.empty();

    /** @param most labels of one annotator in an hour that count */
    AnnotatorHours(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    void add(Judgement judgement) {
        labels.merge(Hour.of(judgement), 1, Integer::sum);
        beyond = Optional.empty();
    }

    void remove(Judgement judgement) {
        labels.computeIfPresent(Hour.of(judgement), (hour, count) -> count == 1 ? null : count - 1);
        beyond = Optional.empty();
    }

    void clear() {
        labels.clear();
        beyond = Optional.empty();
    }

    /**
     * The labels that don't count.
     *
     * @param given those that were added, and not removed
     */
    Set<Given> beyond(Supplier<Stream<Given>> given) {
        if (beyond.isEmpty()) {
            boolean flooded = labels.values().stream().anyMatch(count -> count > most);
            beyond = Optional.of(flooded ? AnnotatorCap.beyond(suspicious(given.get()), most) : Set.of());
        }
        return beyond.get();
    }

    private List<Given> suspicious(Stream<Given> given) {
        return given.filter(label -> labels.get(label.hour()) > most).toList();
    }
}
