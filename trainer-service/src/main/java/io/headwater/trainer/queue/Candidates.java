package io.headwater.trainer.queue;

import io.headwater.artifacts.Sha256;
import io.headwater.events.Backbone;
import io.headwater.events.Split;
import io.headwater.trainer.embeddings.EmbeddingListener;
import io.headwater.trainer.examples.HoldoutSplit;
import io.headwater.trainer.trainingset.EmbeddingRows;
import io.headwater.trainer.trainingset.SharedRows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Images that may be labelled next: a random sample of those that have come, of a limited size. Of an image that can be learnt
 * from the embedding is kept, in direct memory; of one on the holdout side, which is offered without looking at it, only
 * the id. Which images stay when there are too many is decided by a hash of the id, so several trainers keep the same ones.
 * Thread safe.
 */
final class Candidates implements EmbeddingListener {
    private static final byte[] SALT = "headwater queue 1:".getBytes(StandardCharsets.UTF_8);

    private final int most;
    private final Map<String, Candidate> byId = new HashMap<>();
    private final NavigableSet<Candidate> teaching = new TreeSet<>(Candidate.ORDER);
    private final NavigableSet<Candidate> checks = new TreeSet<>(Candidate.ORDER);
    private SharedRows rows = new SharedRows(1);
    private long changes;

    /** An image; {@code row} is that of its embedding, or {@link #NO_ROW}. */
    private record Candidate(String id, long rank, int row, Instant at) {
        static final int NO_ROW = -1;
        static final Comparator<Candidate> ORDER =
                Comparator.comparingLong(Candidate::rank).thenComparing(Candidate::id);
    }

    /**
     * Images with their embeddings, as they are at the moment. To be closed after use.
     *
     * @param ids of the images
     * @param embeddings of them
     * @param release run by {@link #close()}
     */
    record Pool(List<String> ids, EmbeddingRows embeddings, Runnable release) implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }

    /** At most {@code most} images with their embeddings, and as many without. */
    Candidates(int most) {
        this.most = most;
    }

    @Override
    public synchronized void begin(Backbone backbone) {
        byId.clear();
        teaching.clear();
        checks.clear();
        // What was handed out stays: it has the old rows.
        rows = new SharedRows(backbone.getDimension());
        changes++;
    }

    @Override
    public synchronized void embedded(String imageId, ByteBuffer vector, Instant at) {
        removed(imageId);
        long rank = rank(imageId);
        boolean check = HoldoutSplit.of(imageId) == Split.HOLDOUT;
        NavigableSet<Candidate> side = check ? checks : teaching;
        if (side.size() >= most) {
            if (side.last().rank() <= rank) {
                return;
            }
            removed(side.last().id());
        }
        Candidate candidate = new Candidate(imageId, rank, check ? Candidate.NO_ROW : rows.write(vector), at);
        byId.put(imageId, candidate);
        side.add(candidate);
        changes++;
    }

    @Override
    public synchronized void removed(String imageId) {
        Candidate old = byId.remove(imageId);
        if (old == null) {
            return;
        }
        if (old.row() == Candidate.NO_ROW) {
            checks.remove(old);
        } else {
            teaching.remove(old);
            rows.retire(old.row());
        }
        changes++;
    }

    /** Forgets the images of which this doesn't hold. */
    synchronized void keep(BiPredicate<String, Instant> wanted) {
        List.copyOf(byId.values()).stream()
                .filter(candidate -> !wanted.test(candidate.id(), candidate.at()))
                .forEach(candidate -> removed(candidate.id()));
    }

    /** The images that can be learnt from. */
    synchronized Pool pool() {
        List<String> ids = new ArrayList<>();
        int[] numbers = new int[teaching.size()];
        for (Candidate candidate : teaching) {
            numbers[ids.size()] = candidate.row();
            ids.add(candidate.id());
        }
        SharedRows entered = rows;
        long reader = entered.enter();
        return new Pool(List.copyOf(ids), entered.matrix().view(numbers), () -> leave(entered, reader));
    }

    /** The held-out images of which this holds, in an order that has nothing to do with what is in them. */
    synchronized List<String> checks(int limit, BiPredicate<String, Instant> wanted) {
        return checks.stream()
                .filter(candidate -> wanted.test(candidate.id(), candidate.at()))
                .limit(limit)
                .map(Candidate::id)
                .toList();
    }

    /** Whether an image is still there, and this holds of it. */
    synchronized boolean has(String imageId, BiPredicate<String, Instant> wanted) {
        Candidate candidate = byId.get(imageId);
        return candidate != null && wanted.test(imageId, candidate.at());
    }

    /** Images that can be learnt from. */
    synchronized int size() {
        return teaching.size();
    }

    /** Images that are held out. */
    synchronized int heldOut() {
        return checks.size();
    }

    /** A number that grows with every change. */
    synchronized long changes() {
        return changes;
    }

    private synchronized void leave(SharedRows entered, long reader) {
        entered.leave(reader);
    }

    private static long rank(String imageId) {
        MessageDigest digest = Sha256.digest();
        digest.update(SALT);
        return ByteBuffer.wrap(digest.digest(imageId.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
