package io.headwater.inference.predictions;

import io.headwater.inference.stream.CommitListener;
import io.headwater.inference.stream.CommittedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest committed predictions of this instance, in memory, bounded by count and by bytes; and the pictures of the newest
 * of those, bounded by bytes. It keeps the bytes that the pipeline has already made, and reads them only when somebody asks.
 */
final class RecentPredictions implements CommitListener {
    private final RecentSettings settings;
    private final Recent[] ring;
    private final Map<String, Recent> byId = new HashMap<>();
    private volatile Runnable onCommit = () -> {};
    private long first = 1;
    private long next = 1;
    private long firstPicture = 1;
    private long bytes;
    private long pictureBytes;

    /**
     * Some of them.
     *
     * @param recent in the order in which they were committed
     * @param lost how many were forgotten between those that were asked for and the first of these
     * @param next where the following ones begin
     */
    record Slice(List<Recent> recent, long lost, long next) {}

    RecentPredictions(RecentSettings settings) {
        this.settings = settings;
        this.ring = new Recent[settings.count()];
    }

    /** Will be called after each commit, in the middle of the pipeline. */
    void onCommit(Runnable called) {
        onCommit = called;
    }

    @Override
    public void committed(List<CommittedImage> images) {
        synchronized (this) {
            images.forEach(this::add);
        }
        onCommit.run();
    }

    private void add(CommittedImage committed) {
        if (next - first == ring.length) {
            forgetFirst();
        }
        Recent recent = new Recent(next, committed);
        ring[place(next)] = recent;
        next++;
        byId.put(recent.imageId(), recent);
        bytes += recent.bytes();
        pictureBytes += committed.image().length;
        while (bytes > settings.bytes() && first < next) {
            forgetFirst();
        }
        while (pictureBytes > settings.pictureBytes() && firstPicture < next) {
            forgetFirstPicture();
        }
    }

    private void forgetFirst() {
        if (firstPicture == first) {
            forgetFirstPicture();
        }
        Recent eldest = ring[place(first)];
        ring[place(first)] = null;
        first++;
        bytes -= eldest.bytes();
        byId.remove(eldest.imageId(), eldest);
    }

    private void forgetFirstPicture() {
        pictureBytes -= ring[place(firstPicture)].forgetImage();
        firstPicture++;
    }

    private int place(long sequence) {
        return (int) (sequence % ring.length);
    }

    /** The newest one of an image. */
    synchronized Optional<Recent> of(String imageId) {
        return Optional.ofNullable(byId.get(imageId));
    }

    /** The newest ones, the newest first. */
    synchronized List<Recent> newest(int most) {
        List<Recent> newest = new ArrayList<>();
        for (long sequence = next - 1; sequence >= first && newest.size() < most; sequence--) {
            newest.add(ring[place(sequence)]);
        }
        return newest;
    }

    /** Those from one on, as far as they are remembered. */
    synchronized Slice from(long sequence, int most) {
        long begin = Math.max(sequence, first);
        List<Recent> recent = new ArrayList<>();
        for (long at = begin; at < next && recent.size() < most; at++) {
            recent.add(ring[place(at)]);
        }
        return new Slice(recent, begin - Math.min(sequence, begin), begin + recent.size());
    }

    /** The number of the next one. */
    synchronized long next() {
        return next;
    }

    /** Memory in use for predictions, bytes. */
    synchronized long bytes() {
        return bytes;
    }

    /** Memory in use for pictures, bytes. */
    synchronized long pictureBytes() {
        return pictureBytes;
    }
}
