package io.headwater.trainer.rollouts;

import io.headwater.trainer.quality.Counted;
import io.headwater.trainer.quality.LiveQuality;
import io.headwater.trainer.quality.Testimony;
import io.headwater.trainer.stream.TopicThread;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Reads from live quality what is known of the versions in play. Thread safe. */
public final class EvidenceReader {
    private final LiveQuality live;
    private final IntSupplier reading;
    private final double tolerance;
    private final double level;
    private final Counted counted;
    private Optional<Look> last = Optional.empty();

    private record Look(long generation, long changes, int reading, Evidence evidence) {}

    /**
     * @param reading which reading of its topic {@code live} is from, as {@link TopicThread#reading()} tells it
     * @param counted which labelled images count
     */
    public EvidenceReader(LiveQuality live, IntSupplier reading, RolloutSettings settings, Counted counted) {
        this.live = live;
        this.reading = reading;
        this.tolerance = settings.tolerance();
        this.level = settings.level();
        this.counted = counted;
    }

    /** What is known; empty while live quality is being read from its topic: nothing is decided on a part of it. */
    public synchronized Optional<Evidence> read(Situation situation) {
        int before = reading.getAsInt();
        if (before == TopicThread.NOT_CURRENT) {
            return Optional.empty();
        }
        long generation = situation.rollout().getGeneration();
        long changes = live.changes();
        boolean fresh = last.filter(look ->
                        look.generation() == generation && look.changes() == changes && look.reading() == before)
                .isPresent();
        if (!fresh) {
            Evidence evidence = compute(situation);
            if (reading.getAsInt() != before) {
                return Optional.empty();
            }
            last = Optional.of(new Look(generation, changes, before, evidence));
        }
        return last.map(Look::evidence);
    }

    private Evidence compute(Situation situation) {
        Optional<Testimony<LiveQuality.Pair>> trial = situation
                .trial()
                .flatMap(version -> situation.stable().map(stable -> live.pairs(version, stable, counted)));
        long since = situation.stepSince().map(Instant::toEpochMilli).orElse(0L);
        return new Evidence(
                trial.flatMap(pairs -> weigh(
                        situation.trial().orElseThrow(), situation.stable().orElseThrow(), pairs)),
                situation.trial().flatMap(version -> situation.failed().flatMap(failed -> compare(version, failed))),
                situation.stable().flatMap(stable -> situation.previous().flatMap(old -> compare(stable, old))),
                (int) trial.stream()
                        .flatMap(pairs -> pairs.whole().stream())
                        .filter(pair -> pair.classifiedAt() >= since)
                        .count());
    }

    private Optional<PairedEvidence> compare(long version, long against) {
        return weigh(version, against, live.pairs(version, against, counted));
    }

    private Optional<PairedEvidence> weigh(long version, long against, Testimony<LiveQuality.Pair> pairs) {
        return pairs.whole().isEmpty()
                ? Optional.empty()
                : Optional.of(PairedEvidence.of(version, against, pairs, tolerance, level));
    }
}
