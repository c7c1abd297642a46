package io.headwater.inference.v2.infer;

import java.util.Optional;

/** Lets in as many requests as there is room for: what is turned away costs nothing. Thread safe. */
public final class Admission {
    private final int mostRequests;
    private final long mostBytes;
    private int requests;
    private long bytes;

    /**
     * @param mostRequests at the same time, from the first byte to the answer
     * @param mostBytes of all their bodies together
     */
    public Admission(int mostRequests, long mostBytes) {
        this.mostRequests = mostRequests;
        this.mostBytes = mostBytes;
    }

    /** Lets in a request whose body has so many bytes, or that begins with so many; empty if there is no room. */
    public synchronized Optional<Permit> enter(long size) {
        if (requests == mostRequests || size > mostBytes - bytes) {
            return Optional.empty();
        }
        requests++;
        bytes += size;
        return Optional.of(new Permit(size));
    }

    /** Requests that are inside. */
    public synchronized int requests() {
        return requests;
    }

    /** One request's room. */
    public final class Permit implements AutoCloseable {
        private long held;
        private boolean open = true;

        private Permit(long held) {
            this.held = held;
        }

        /** Takes room for a body of {@code size} bytes altogether; false if there is none. */
        public boolean grow(long size) {
            synchronized (Admission.this) {
                if (size > held) {
                    if (size - held > mostBytes - bytes) {
                        return false;
                    }
                    bytes += size - held;
                    held = size;
                }
                return true;
            }
        }

        /** Leaves; once is enough. */
        @Override
        public void close() {
            synchronized (Admission.this) {
                if (open) {
                    open = false;
                    requests--;
                    bytes -= held;
                }
            }
        }
    }
}
