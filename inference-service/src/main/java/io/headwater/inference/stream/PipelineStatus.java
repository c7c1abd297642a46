package io.headwater.inference.stream;

import java.util.Optional;

/** How the pipeline is, for health. Written by the loop, read by anybody. */
public final class PipelineStatus {
    private volatile boolean member;
    private volatile int partitions;
    private volatile long images;
    private volatile boolean busy;
    private volatile String trouble = "";

    void assigned(int count) {
        member = true;
        partitions = count;
        trouble = "";
    }

    void unassigned() {
        member = false;
        partitions = 0;
        busy = false;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void committed(int count) {
        images += count;
        trouble = "";
    }

    void busy(boolean now) {
        busy = now;
    }

    void failed(String reason) {
        trouble = reason;
    }

    /** Whether it is in the consumer group; it may have no partitions when there are more instances than partitions. */
    public boolean isMember() {
        return member;
    }

    /** Partitions of {@code images} that it reads. */
    public int partitions() {
        return partitions;
    }

    /** Whether images are on their way. */
    boolean isBusy() {
        return busy;
    }

    /** Images committed since the start. */
    public long images() {
        return images;
    }

    /** Why the last life ended, as long as the next one has not got going. */
    public Optional<String> trouble() {
        return Optional.of(trouble).filter(text -> !text.isEmpty());
    }
}
