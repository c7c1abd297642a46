package io.headwater.inference.rollout;

import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Shared;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The generation that is served now. Readers take a lease for a batch, so a swap in the middle of it changes nothing for
 * that batch, and the old generation's native memory is freed when its last batch is done.
 */
public final class Serving {
    private final AtomicReference<Shared<Generation>> current = new AtomicReference<>();
    private final VersionTallies tallies = new VersionTallies();

    /** What is counted of the versions that are served. */
    public VersionTallies tallies() {
        return tallies;
    }

    /** Takes the generation of now; the caller releases it once. Empty before the first. */
    public Optional<Shared<Generation>> lease() {
        while (true) {
            Shared<Generation> generation = current.get();
            if (generation == null) {
                return Optional.empty();
            }
            // It may have been swapped and freed in between: then there is a newer one.
            if (generation.retain()) {
                return Optional.of(generation);
            }
        }
    }

    /** Whether there is a generation. */
    public boolean isReady() {
        return current.get() != null;
    }

    /** The facts of the backbone of now, which may be freed at any moment; empty before the first. */
    public Optional<Backbone> backbone() {
        return lease().map(generation -> {
            try {
                return generation.get().backbone();
            } finally {
                generation.release();
            }
        });
    }

    /** Serves {@code generation} from the next batch on, and owns it. */
    void swap(Generation generation) {
        Shared<Generation> old = current.getAndSet(new Shared<>(generation));
        if (old != null) {
            old.release();
        }
    }

    /** Serves nothing from now on. */
    void clear() {
        Shared<Generation> old = current.getAndSet(null);
        if (old != null) {
            old.release();
        }
    }
}
