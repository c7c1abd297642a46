package io.headwater.trainer.trainings;

import io.headwater.trainer.registry.Registry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of trainings: those of this trainer, and those that the records of their versions tell of. */
final class TrainingHistory {
    private static final Comparator<TrainingView> OLDEST_FIRST = Comparator.comparing(TrainingHistory::time);

    private final Trainings trainings;
    private final Registry registry;

    TrainingHistory(Trainings trainings, Registry registry) {
        this.trainings = trainings;
        this.registry = registry;
    }

    /** The newest {@code limit}, newest first. */
    List<TrainingView> newestFirst(int limit) {
        List<TrainingJob> own = trainings.state().newestFirst();
        Set<Long> known = own.stream().flatMap(job -> job.version().stream()).collect(Collectors.toSet());
        return Stream.concat(
                        own.stream().map(TrainingView::of),
                        registry.newestFirst().stream()
                                .filter(version -> !known.contains(version.getVersion()))
                                .map(TrainingView::of))
                .sorted(OLDEST_FIRST.reversed())
                .limit(limit)
                .toList();
    }

    /** One of them. */
    Optional<TrainingView> find(String id) {
        return newestFirst(Integer.MAX_VALUE).stream()
                .filter(training -> training.id().equals(id)
                        || training.version()
                                .map(TrainingView::id)
                                .filter(id::equals)
                                .isPresent())
                .findFirst();
    }

    /** What has not ended comes last. */
    private static Instant time(TrainingView training) {
        Optional<Instant> end = training.state().hasEnded() ? training.endedAt() : Optional.of(Instant.MAX);
        return end.orElse(Instant.MAX);
    }
}
