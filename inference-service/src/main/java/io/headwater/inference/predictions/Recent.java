package io.headwater.inference.predictions;

import io.headwater.inference.stream.CommittedImage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One committed prediction, as the events have it. Only its picture changes: it may be forgotten earlier. */
final class Recent {
    // An entry, its id, its places in the ring and in the index.
    private static final int OVERHEAD = 200;

    private final long sequence;
    private final String imageId;
    private final int partition;
    private final long offset;
    private final byte[] prediction;
    private volatile byte[] image;

    Recent(long sequence, CommittedImage committed) {
        this.sequence = sequence;
        this.imageId = new String(committed.key(), StandardCharsets.UTF_8);
        this.partition = committed.partition();
        this.offset = committed.offset();
        this.prediction = committed.prediction();
        this.image = committed.image();
    }

    /** Which one it is since the start of the instance, from 1. */
    long sequence() {
        return sequence;
    }

    String imageId() {
        return imageId;
    }

    int partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    /** ImageClassified. */
    byte[] prediction() {
        return prediction;
    }

    /** ImageIngested; empty when it is forgotten. */
    Optional<byte[]> image() {
        return Optional.ofNullable(image);
    }

    long bytes() {
        return OVERHEAD + 2L * imageId.length() + prediction.length;
    }

    /** The memory that is free then, bytes. */
    long forgetImage() {
        long freed = image == null ? 0 : image.length;
        image = null;
        return freed;
    }
}
