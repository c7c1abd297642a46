package io.headwater.ingest.predictions;

import io.headwater.events.ImageClassified;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Brings together the predictions that come and the requests that wait for them. Both are bounded. Thread safe. */
final class PredictionBoard {
    private final int most;
    private final Map<String, ImageClassified> newest;
    private final Map<String, Set<Watch>> watches = new HashMap<>();
    private int waiters;

    /**
     * An empty board.
     *
     * @param waiters who may wait at the same time
     * @param remembered newest predictions that are kept
     */
    PredictionBoard(int waiters, int remembered) {
        if (waiters < 0 || remembered < 0) {
            throw new IllegalArgumentException("headwater.predictions.waiters is " + waiters
                    + " and headwater.predictions.remembered is " + remembered + ", but neither may be negative");
        }
        this.most = waiters;
        this.newest = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ImageClassified> eldest) {
                return size() > remembered;
            }
        };
    }

    /** One who waits. */
    final class Watch implements AutoCloseable {
        private final String imageId;
        private final CompletableFuture<ImageClassified> prediction;

        private Watch(String imageId, CompletableFuture<ImageClassified> prediction) {
            this.imageId = imageId;
            this.prediction = prediction;
        }

        /** Never fails, and ends when the prediction comes, also if it came before somebody asked here. */
        Uni<ImageClassified> prediction() {
            return Uni.createFrom().completionStage(() -> prediction);
        }

        /** Waits no more. */
        @Override
        public void close() {
            leave(this);
        }
    }

    /**
     * Begins to wait for the prediction of an image.
     *
     * @return empty if too many wait already; else to be closed when nobody wants it any more
     */
    synchronized Optional<Watch> watch(String imageId) {
        ImageClassified known = newest.get(imageId);
        if (known != null) {
            return Optional.of(new Watch(imageId, CompletableFuture.completedFuture(known)));
        }
        if (waiters >= most) {
            return Optional.empty();
        }
        waiters++;
        Watch watch = new Watch(imageId, new CompletableFuture<>());
        watches.computeIfAbsent(imageId, id -> new HashSet<>()).add(watch);
        return Optional.of(watch);
    }

    private synchronized void leave(Watch watch) {
        Set<Watch> others = watches.getOrDefault(watch.imageId, Set.of());
        if (others.contains(watch)) {
            waiters--;
            others.remove(watch);
            if (others.isEmpty()) {
                watches.remove(watch.imageId);
            }
        }
    }

    /** A prediction has come. */
    void post(String imageId, ImageClassified prediction) {
        Set<Watch> waited;
        synchronized (this) {
            newest.remove(imageId);
            newest.put(imageId, prediction);
            Set<Watch> gone = watches.remove(imageId);
            waited = gone == null ? Set.of() : gone;
            waiters -= waited.size();
        }
        waited.forEach(watch -> watch.prediction.complete(prediction));
    }

    synchronized int waiters() {
        return waiters;
    }
}
