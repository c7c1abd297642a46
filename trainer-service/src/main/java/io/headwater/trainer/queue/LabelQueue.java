package io.headwater.trainer.queue;

import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.embeddings.Projection;
import io.headwater.trainer.export.OnnxModel;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.trainingset.EmbeddingRows;
import io.headwater.trainer.trainingset.TrainingData;
import io.headwater.trainer.trainingset.TrainingSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * What to label next. The order is computed in the background, by the head of the stable version, and again when that is
 * another version or the images are others; a label that has come takes its image off the list at once. Thread safe.
 */
public final class LabelQueue implements AutoCloseable {
    /** Images that are offered at most. */
    static final int MOST = 200;

    private static final Logger LOG = Logger.getLogger(LabelQueue.class);
    private static final int DIMENSIONS = 64;
    private static final int LABELLED = 1_000;
    private static final long SEED = 1;

    private final Candidates candidates;
    private final Registry registry;
    private final TrainingSet trainingSet;
    private final ArtifactStore store;
    private final QueueSettings settings;
    private final Duration retention;
    private final Clock clock;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "label-queue");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });
    private volatile Order order = new Order(Optional.empty(), Optional.empty(), -1, List.of());

    /** Images in the order in which they should be labelled. */
    private record Order(Optional<Instant> computedAt, Optional<Long> version, long changes, List<Offer> offers) {}

    /**
     * What to label next.
     *
     * @param computedAt when the order was computed; empty before the first time
     * @param version whose head was asked; empty while there is none
     * @param images the first of them
     */
    record Offers(Optional<Instant> computedAt, Optional<Long> version, List<Offer> images) {}

    /** @param retention how long images are kept from which labels are offered */
    LabelQueue(
            Candidates candidates,
            Registry registry,
            TrainingSet trainingSet,
            ArtifactStore store,
            QueueSettings settings,
            Duration retention,
            Clock clock) {
        this.candidates = candidates;
        this.registry = registry;
        this.trainingSet = trainingSet;
        this.store = store;
        this.settings = settings;
        this.retention = retention;
        this.clock = clock;
    }

    /** Starts the background; returns at once. */
    void start() {
        background.scheduleWithFixedDelay(
                this::tryRefresh, 0, settings.refresh().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What to label next, at most {@code limit} images. */
    Offers next(int limit) {
        Order now = order;
        List<Offer> teach = now.offers().stream()
                .filter(offer -> candidates.has(offer.id(), this::isWanted))
                .limit(limit)
                .toList();
        List<Offer> checks = candidates.checks(limit, this::isWanted).stream()
                .map(Offer::check)
                .toList();
        return new Offers(now.computedAt(), now.version(), Mixture.of(teach, checks, settings.randomShare(), limit));
    }

    private boolean isWanted(String id, Instant at) {
        return !trainingSet.contains(id) && at.plus(retention).isAfter(clock.instant());
    }

    private void tryRefresh() {
        try {
            refresh();
        } catch (RuntimeException e) {
            LOG.warn("the order of what to label next could not be computed; the last one stays", e);
        }
    }

    /** Computes the order again if it may be another one. */
    void refresh() {
        candidates.keep(this::isWanted);
        long changes = candidates.changes();
        Optional<ModelPublished> stable = registry.stable().filter(this::isOnServingBackbone);
        Optional<Long> version = stable.map(ModelPublished::getVersion);
        if (changes == order.changes() && version.equals(order.version())) {
            return;
        }
        long start = System.nanoTime();
        try (Candidates.Pool pool = candidates.pool()) {
            order = new Order(Optional.of(clock.instant()), version, changes, offers(pool, stable));
            LOG.debugf(
                    "order of what to label next computed candidates=%d millis=%d",
                    pool.ids().size(), (System.nanoTime() - start) / 1_000_000);
        }
    }

    private boolean isOnServingBackbone(ModelPublished stable) {
        return registry.rollout()
                .filter(rollout -> rollout.getBackbone().getId().equals(stable.getBackbone()))
                .isPresent();
    }

    private List<Offer> offers(Candidates.Pool pool, Optional<ModelPublished> stable) {
        EmbeddingRows images = pool.embeddings();
        if (images.rows() == 0) {
            return List.of();
        }
        Projection projection = Projection.of(images, DIMENSIONS, SEED);
        float[][] projected = projection.of(images);
        float[][] labelled = labelled(projection, images.dimension());
        List<Pick> picks = stable.map(version -> Ranking.byVersion(
                        projected, probabilities(version, images), version.getLabels(), labelled, MOST))
                .orElseGet(() -> Ranking.withoutVersion(projected, labelled, MOST, SEED));
        return picks.stream()
                .map(pick -> Offer.teach(
                        pool.ids().get(pick.row()),
                        stable.map(version -> version.getLabels().get(pick.answer())),
                        pick.reasons()))
                .toList();
    }

    private float[][] probabilities(ModelPublished version, EmbeddingRows images) {
        try (OnnxModel head = new OnnxModel(store.read(version.getHead()))) {
            return head.probabilities(images);
        }
    }

    /** Some of the labelled images, evenly from all of them. */
    private float[][] labelled(Projection projection, int dimension) {
        try (TrainingData data = trainingSet.snapshot(1)) {
            EmbeddingRows all = data.train().embeddings();
            if (all.rows() == 0 || all.dimension() != dimension) {
                return new float[0][];
            }
            int some = Math.min(LABELLED, all.rows());
            int[] rows = IntStream.range(0, some)
                    .map(i -> (int) ((long) i * all.rows() / some))
                    .toArray();
            return projection.of(all.some(rows));
        }
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
