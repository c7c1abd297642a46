package io.headwater.inference.model;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something native with several owners, closed when the last of them lets go. The creator is the first owner.
 *
 * @param <T> what is shared
 */
public final class Shared<T extends AutoCloseable> {
    private final T value;
    private final AtomicInteger owners = new AtomicInteger(1);

    /** Owned once. */
    public Shared(T value) {
        this.value = value;
    }

    /** What is shared; only for owners. */
    public T get() {
        return value;
    }

    /**
     * Becomes one more owner.
     *
     * @return false if it is closed already, and may not be used
     */
    public boolean retain() {
        return owners.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** Lets go; the last one closes. Each owner does it once. */
    public void release() {
        if (owners.decrementAndGet() == 0) {
            try {
                value.close();
            } catch (Exception e) {
                throw new IllegalStateException("could not be closed: " + e.getMessage(), e);
            }
        }
    }
}
