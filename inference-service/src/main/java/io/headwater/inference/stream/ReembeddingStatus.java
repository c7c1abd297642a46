package io.headwater.inference.stream;

import java.util.Optional;
import java.util.OptionalLong;

/** How embedding images again goes, for health and metrics. Written by its thread, read by anybody. */
public final class ReembeddingStatus {
    private static final long UNKNOWN = -1;

    private volatile long remaining = UNKNOWN;
    private volatile long images;
    private volatile String trouble = "";

    void remaining(long count) {
        remaining = count;
        trouble = "";
    }

    void over() {
        remaining = UNKNOWN;
        trouble = "";
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void embedded(int count) {
        images += count;
    }

    void failed(String reason) {
        trouble = reason;
    }

    /**
     * Images that have their prediction and are not embedded again, over all partitions and instances; empty when the
     * backbone is not being changed, or that is not known yet.
     */
    public OptionalLong remaining() {
        long count = remaining;
        return count == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /** Images that this instance has embedded again since its start. */
    public long images() {
        return images;
    }

    /** Why it does not go on, as long as it doesn't. */
    public Optional<String> trouble() {
        return Optional.of(trouble).filter(text -> !text.isEmpty());
    }
}
