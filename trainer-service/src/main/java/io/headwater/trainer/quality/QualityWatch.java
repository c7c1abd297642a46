package io.headwater.trainer.quality;

import io.headwater.events.ModelPublished;
import io.headwater.events.TrainingCause;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.stream.TopicThread;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** Watches the live quality of the stable version. Thread safe. */
public final class QualityWatch {
    private static final int LOOKS = 1_000;

    private final Registry registry;
    private final LiveQuality live;
    private final QualitySettings settings;
    private final IntSupplier reading;
    private Optional<Look> last = Optional.empty();

    private record Look(long version, Instant since, long changes, Optional<FallCheck> result) {}

    /**
     * @param reading which reading of its topic {@code live} is from, as {@link TopicThread#reading()} tells it
     */
    public QualityWatch(Registry registry, LiveQuality live, QualitySettings settings, IntSupplier reading) {
        this.registry = registry;
        this.live = live;
        this.settings = settings;
        this.reading = reading;
    }

    /** Whether live quality has been read from its topic. */
    boolean isReady() {
        return reading.getAsInt() != TopicThread.NOT_CURRENT;
    }

    /**
     * That the stable version has become worse on live images and no training has answered that yet, if so; a sentence
     * for people.
     */
    public Optional<String> fall() {
        return check().flatMap(FallCheck::sentence);
    }

    /**
     * How the stable version stands; empty if there is none, or nothing can be told. Looks only if something changed, and
     * where there are very many images, only when a thousandth part of them has.
     */
    public synchronized Optional<FallCheck> check() {
        Optional<ModelPublished> stable = registry.stable();
        int before = reading.getAsInt();
        if (stable.isEmpty() || before == TopicThread.NOT_CURRENT) {
            return Optional.empty();
        }
        long version = stable.get().getVersion();
        Instant since = since(stable.get());
        long changes = live.changes();
        boolean fresh = last.filter(look -> look.version() == version
                        && look.since().equals(since)
                        && (look.changes() == changes || changes - look.changes() < live.size() / LOOKS))
                .isPresent();
        if (!fresh) {
            Optional<FallCheck> result = QualityFall.check(stable.get(), since, live, settings);
            if (reading.getAsInt() != before) {
                // Part of it may have been forgotten meanwhile.
                return Optional.empty();
            }
            last = Optional.of(new Look(version, since, changes, result));
        }
        return last.flatMap(Look::result);
    }

    /** The training of the version itself, or the last that a fall started. */
    private Instant since(ModelPublished stable) {
        return Stream.concat(
                        Stream.of(stable),
                        registry.newestFirst().stream()
                                .filter(model -> model.getLineage() != null
                                        && model.getLineage().getCause() == TrainingCause.LIVE_QUALITY))
                .map(ModelPublished::getTrainedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
