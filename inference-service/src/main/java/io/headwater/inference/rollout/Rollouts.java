package io.headwater.inference.rollout;

import io.headwater.events.RolloutChanged;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.artifact.ArtifactRefusedException;
import io.headwater.inference.model.Engine;
import io.headwater.inference.retry.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Applies decisions about the rollout, newest first, and only ever forward. What can't be served is refused and tried
 * again, with growing pauses, until it can be or a newer decision comes (the store may be behind the topic); meanwhile the
 * old generation goes on.
 *
 * <p>One thread calls it, but for {@link #state()}.
 */
public final class Rollouts implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Rollouts.class);
    private static final long GARBAGE = -1;

    private final GenerationLoader loader;
    private final Serving serving;
    private final RolloutMetrics metrics;
    private final Backoff backoff;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Blame blame = new Blame();

    private Optional<RolloutChanged> wanted = Optional.empty();
    private Optional<Refusal> refused = Optional.empty();
    private Optional<Refusal> garbage = Optional.empty();
    private long lastAttempt;
    private Duration pause = Duration.ZERO;
    private volatile RolloutState state = RolloutState.NOTHING;

    /**
     * @param serving takes what can be served
     * @param engine what runs the backbones
     */
    public Rollouts(ArtifactReader artifacts, Engine engine, Serving serving, RolloutMetrics metrics, Clock clock) {
        this(artifacts, engine, serving, metrics, clock, System::nanoTime);
    }

    /** Measures pauses by {@code nanos}, which only go forward, whatever the clock is set to. */
    Rollouts(
            ArtifactReader artifacts,
            Engine engine,
            Serving serving,
            RolloutMetrics metrics,
            Clock clock,
            LongSupplier nanos) {
        this.loader = new GenerationLoader(artifacts, engine);
        this.serving = serving;
        this.metrics = metrics;
        this.clock = clock;
        this.nanos = nanos;
        this.backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    /** Notes a decision; {@link #apply()} acts on the newest one. A lower generation than one already known is ignored. */
    void want(RolloutChanged rollout) {
        long newest =
                Math.max(applied(), wanted.map(RolloutChanged::getGeneration).orElse(0L));
        if (rollout.getGeneration() <= newest) {
            if (rollout.getGeneration() < newest) {
                LOG.infof("rollout ignored generation=%d known=%d", rollout.getGeneration(), newest);
            }
            return;
        }
        wanted = Optional.of(rollout);
        accept();
        lastAttempt = nanos.getAsLong();
        pause = Duration.ZERO;
        backoff.reset();
    }

    /** Notes a record that is no decision. */
    void reportGarbage(String reason) {
        LOG.errorf("rollout record skipped reason=%s", reason);
        metrics.garbage();
        garbage = Optional.of(new Refusal(GARBAGE, reason, clock.instant(), 1, Optional.empty()));
        publish();
    }

    /** Loads the newest decision, if there is one that is not served and its time has come. */
    void apply() {
        if (wanted.isEmpty() || nanos.getAsLong() - lastAttempt < pause.toNanos()) {
            return;
        }
        RolloutChanged rollout = wanted.get();
        long start = System.nanoTime();
        var present = serving.lease();
        try {
            GenerationLoader.Loaded loaded = loader.load(rollout, present.map(lease -> lease.get()));
            serving.swap(loaded.generation());
            if (applied() != rollout.getGeneration()) {
                applied(rollout, Duration.ofNanos(System.nanoTime() - start));
            }
            if (loaded.withoutNext().isPresent()) {
                // It stays wanted, and is loaded again until it is whole.
                refuse(rollout, loaded.withoutNext().get(), Optional.empty());
            } else {
                wanted = Optional.empty();
                blame.forget();
                accept();
                publish();
            }
        } catch (ArtifactRefusedException e) {
            refuse(rollout, e.getMessage(), blame.of(e, nanos.getAsLong()));
        } catch (RuntimeException e) {
            LOG.error("rollout can't be loaded", e);
            refuse(rollout, e.toString(), Optional.empty());
        } finally {
            present.ifPresent(lease -> lease.release());
        }
    }

    private void applied(RolloutChanged rollout, Duration took) {
        state = RolloutState.of(rollout, clock.instant(), refusals());
        metrics.applied(rollout.getGeneration(), took);
        LOG.infof(
                "rollout applied generation=%d backbone=%s nextBackbone=%s stable=%s canary=%s canaryPercentage=%d shadows=%s millis=%d",
                rollout.getGeneration(),
                rollout.getBackbone().getId(),
                state.nextBackbone().orElse("none"),
                state.stable().map(String::valueOf).orElse("none"),
                state.canary().map(String::valueOf).orElse("none"),
                rollout.getCanaryPercentage(),
                state.shadows(),
                took.toMillis());
    }

    private void accept() {
        refused = Optional.empty();
        metrics.accepted();
    }

    private void refuse(RolloutChanged rollout, String reason, Optional<Long> version) {
        pause = backoff.next();
        lastAttempt = nanos.getAsLong();
        int attempts = refused.map(Refusal::attempts).orElse(0) + 1;
        Instant since = refused.map(Refusal::since).orElseGet(clock::instant);
        refused = Optional.of(new Refusal(rollout.getGeneration(), reason, since, attempts, version));
        metrics.refused(rollout.getGeneration());
        publish();
        LOG.errorf(
                "rollout refused generation=%d serving=%d attempt=%d retryMillis=%d reason=%s",
                rollout.getGeneration(), applied(), attempts, pause.toMillis(), reason);
    }

    /** What is served and refused now. */
    public RolloutState state() {
        return state;
    }

    private long applied() {
        return state.generation().orElse(0L);
    }

    private List<Refusal> refusals() {
        List<Refusal> all = new ArrayList<>();
        refused.ifPresent(all::add);
        garbage.ifPresent(all::add);
        return all;
    }

    private void publish() {
        state = state.withRefused(refusals());
    }

    /** Serves nothing any more; what batches still use is freed with the last of them. */
    @Override
    public void close() {
        serving.clear();
    }
}
