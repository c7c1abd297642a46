package io.headwater.trainer.registry;

import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The one place where decisions are recorded, one after the other: each is made of what all earlier ones have recorded.
 * Thread safe.
 */
public final class Recording {
    private static final Logger LOG = Logger.getLogger(Recording.class);

    private final Publisher publisher;
    private final Registry registry;
    /** Whether something may have been recorded that the registry doesn't know. */
    private volatile boolean stale = true;

    /** Records with this, and keeps that up to date. */
    public Recording(Publisher publisher, Registry registry) {
        this.publisher = publisher;
        this.registry = registry;
    }

    /** Whether nothing can be recorded until the next {@link #takeOver}. */
    public boolean isStale() {
        return stale;
    }

    /**
     * Shuts every earlier trainer out, and makes the registry what is recorded.
     *
     * @param read brings the registry up to everything that is committed
     */
    public synchronized void takeOver(Runnable read) {
        stale = true;
        // Before reading: what this or an earlier trainer was about to publish is decided after this, and then read.
        publisher.open();
        read.run();
        stale = false;
    }

    /** Records nothing any more, until it takes over again. */
    public synchronized void stepDown() {
        stale = true;
        publisher.close();
    }

    /**
     * Decides, records it, all of it or nothing, and lets the registry know at once: the next decision builds on it.
     *
     * @param decision what is to be recorded; what it throws is thrown, and nothing is recorded then
     * @return what was recorded; empty if there was nothing to record
     * @throws FencedException if another trainer has taken over; nothing was recorded
     * @throws NotRecordingException if it has to take over first; nothing was recorded
     * @throws RuntimeException if it is unknown whether it was recorded: nothing more is, until it takes over again
     */
    public synchronized Optional<Publication> record(Supplier<Optional<Publication>> decision) {
        if (stale) {
            throw new NotRecordingException();
        }
        Optional<Publication> publication = decision.get();
        publication.ifPresent(this::publish);
        return publication;
    }

    private void publish(Publication publication) {
        try {
            publisher.publish(publication.models(), publication.rollout());
        } catch (RuntimeException e) {
            stale = true;
            throw e;
        }
        publication.models().forEach(registry::put);
        publication.rollout().ifPresent(rollout -> {
            registry.put(rollout);
            LOG.infof(
                    "rollout changed generation=%d by=\"%s\" reason=\"%s\"",
                    rollout.getGeneration(), rollout.getChangedBy(), rollout.getReason());
        });
    }
}
