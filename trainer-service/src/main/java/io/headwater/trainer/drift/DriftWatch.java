package io.headwater.trainer.drift;

import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.embeddings.EmbeddingListener;
import io.headwater.trainer.export.OnnxModel;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.EmbeddingRows;
import io.headwater.trainer.trainingset.TrainingData;
import io.headwater.trainer.trainingset.TrainingSet;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Compares the images that come, a window after the other, with those that the stable version was measured on: the held-out
 * images that were labelled when it was trained, which are the random sample of what came then. Following the topic costs a copy
 * of each embedding; the comparison is made in the background, and a window that comes while one is compared is left out.
 * Thread safe.
 */
public final class DriftWatch implements EmbeddingListener {
    private static final Logger LOG = Logger.getLogger(DriftWatch.class);
    private static final int LEAST_REFERENCE = 50;
    private static final int LEAST_SCALING = 2;
    private static final int MOST_REFERENCE = 2_000;
    private static final int MOST_RESULTS = 100;

    private final Registry registry;
    private final TrainingSet trainingSet;
    private final ArtifactStore store;
    private final DriftSettings settings;
    private final Executor background;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong leftOut = new AtomicLong();
    private final Deque<WindowResult> results = new ArrayDeque<>();
    private volatile Optional<Reference> reference = Optional.empty();
    private volatile Optional<String> obstacle = Optional.of("No window of images is complete yet.");
    private volatile String backbone = "";
    private volatile Window window = new Window(new EmbeddingMatrix(1), Instant.EPOCH);
    private long compared;
    private long drifted;

    /** Images that are being collected. */
    private record Window(EmbeddingMatrix images, Instant from) {}

    /** @param background where windows are compared */
    public DriftWatch(
            Registry registry,
            TrainingSet trainingSet,
            ArtifactStore store,
            DriftSettings settings,
            Executor background) {
        this.registry = registry;
        this.trainingSet = trainingSet;
        this.store = store;
        this.settings = settings;
        this.background = background;
    }

    @Override
    public void begin(Backbone now) {
        backbone = now.getId();
        window = new Window(new EmbeddingMatrix(now.getDimension()), Instant.EPOCH);
    }

    @Override
    public void embedded(String imageId, ByteBuffer vector, Instant at) {
        Window open = window;
        if (open.images().rows() == 0) {
            open = new Window(open.images(), at);
            window = open;
        }
        open.images().append(vector);
        if (open.images().rows() < settings.window()) {
            return;
        }
        window = new Window(new EmbeddingMatrix(open.images().dimension()), Instant.EPOCH);
        if (!busy.compareAndSet(false, true)) {
            leftOut.incrementAndGet();
            return;
        }
        Window full = open;
        background.execute(() -> compare(full, at));
    }

    @Override
    public void removed(String imageId) {
        // It came all the same.
    }

    private void compare(Window full, Instant to) {
        try {
            ModelPublished stable = registry.stable().orElse(null);
            if (stable == null || !stable.getBackbone().equals(backbone)) {
                obstacle = Optional.of("There is no stable version yet.");
                return;
            }
            Function<EmbeddingRows, float[][]> head = images -> answers(stable, images);
            Optional<Reference> now = reference(stable, full.images().dimension(), head);
            if (now.isEmpty()) {
                return;
            }
            int[] rows = IntStream.range(0, settings.window()).toArray();
            add(now.get().compare(full.images().view(rows), full.from(), to, head, settings.falseAlarmRate()));
        } catch (RuntimeException e) {
            LOG.warn("a window of images could not be compared with the reference", e);
        } finally {
            busy.set(false);
        }
    }

    private Optional<Reference> reference(
            ModelPublished stable, int dimension, Function<EmbeddingRows, float[][]> head) {
        if (reference.filter(known -> known.isOf(stable)).isPresent()) {
            return reference;
        }
        try (TrainingData data = trainingSet.snapshot(1, stable.getTrainedAt())) {
            EmbeddingRows held = data.holdout().embeddings();
            if (held.rows() < LEAST_REFERENCE || held.dimension() != dimension) {
                obstacle = Optional.of("Version " + stable.getVersion() + " was measured on " + held.rows()
                        + " images; " + LEAST_REFERENCE + " are needed to compare others with.");
                return Optional.empty();
            }
            EmbeddingRows learnt = data.train().embeddings();
            if (learnt.rows() < LEAST_SCALING) {
                obstacle = Optional.of("Version " + stable.getVersion() + " was trained on " + learnt.rows()
                        + " images that are still there; " + LEAST_SCALING + " are needed to scale the others by.");
                return Optional.empty();
            }
            reference = Optional.of(new Reference(stable, some(learnt), some(held), head));
            return reference;
        }
    }

    private static EmbeddingRows some(EmbeddingRows all) {
        int some = Math.min(MOST_REFERENCE, all.rows());
        return all.some(IntStream.range(0, some)
                .map(i -> (int) ((long) i * all.rows() / some))
                .toArray());
    }

    private float[][] answers(ModelPublished version, EmbeddingRows images) {
        try (OnnxModel head = new OnnxModel(store.read(version.getHead()))) {
            return head.probabilities(images);
        }
    }

    private synchronized void add(WindowResult result) {
        obstacle = Optional.empty();
        compared++;
        drifted += result.drifted() ? 1 : 0;
        results.addFirst(result);
        if (results.size() > MOST_RESULTS) {
            results.removeLast();
        }
        result.sentence()
                .ifPresent(
                        sentence -> LOG.infof("drift version=%d p=%.3f: %s", result.version(), result.p(), sentence));
    }

    /** That the last window of images was not like those the stable version was measured on, if so; for people. */
    public Optional<String> sentence() {
        return last().filter(this::isOfStable).flatMap(WindowResult::sentence);
    }

    private boolean isOfStable(WindowResult result) {
        return registry.stable()
                .filter(stable -> stable.getVersion() == result.version())
                .isPresent();
    }

    /** The last window. */
    synchronized Optional<WindowResult> last() {
        return Optional.ofNullable(results.peekFirst());
    }

    /** The last windows, the newest first. */
    synchronized List<WindowResult> last(int limit) {
        return results.stream().limit(limit).toList();
    }

    /** Windows that were compared. */
    synchronized long compared() {
        return compared;
    }

    /** Windows that were called different. */
    synchronized long drifted() {
        return drifted;
    }

    /** Windows that came while another one was compared. */
    long leftOut() {
        return leftOut.get();
    }

    /** Images of the window that is being filled. */
    int collected() {
        return window.images().rows();
    }

    /** Why no window has been compared, if so; a sentence for people. */
    public Optional<String> obstacle() {
        return obstacle;
    }
}
