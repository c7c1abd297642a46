package io.headwater.inference.predictions;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Tells the listeners what is committed, in one thread of its own. While nobody listens the pipeline pays for a look at an
 * empty list, and the thread sleeps.
 */
final class PredictionStream implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PredictionStream.class);
    private static final long HEARTBEAT = Duration.ofSeconds(10).toNanos();
    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();
    private static final long LOOK = Duration.ofSeconds(1).toNanos();
    private static final Pattern ID = Pattern.compile("([0-9a-z]{1,16})-(\\d{1,18})");

    private final RecentPredictions recent;
    private final Function<Recent, Prediction> read;
    private final int most;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final List<StreamClient> clients = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::tell, "prediction-stream");
    private volatile boolean stopping;

    /**
     * @param most listeners at a time
     */
    PredictionStream(RecentPredictions recent, Function<Recent, Prediction> read, int most) {
        this.recent = recent;
        this.read = read;
        this.most = most;
        thread.setDaemon(true);
        thread.start();
        recent.onCommit(this::wakeIfWanted);
    }

    /**
     * Adds a listener.
     *
     * @param lastId of the last event that it has seen, before the connection broke; it goes on behind that, as far as the
     *     store reaches. What came before this instance began is unknown to it, and counts as lost: at least one.
     * @return false if there are too many
     */
    synchronized boolean join(Sink sink, PredictionFilter filter, Optional<String> lastId) {
        if (stopping || clients.size() >= most) {
            return false;
        }
        StreamClient client = new StreamClient(run, sink, filter, begin(lastId), System.nanoTime());
        // Its side is to know that it is connected before anything comes.
        client.heartbeat(this::wake, System.nanoTime());
        clients.add(client);
        wake();
        return true;
    }

    private long begin(Optional<String> lastId) {
        Matcher id = ID.matcher(lastId.orElse(""));
        if (!id.matches()) {
            return recent.next();
        }
        long after = Long.parseLong(id.group(2)) + 1;
        // Of another run: everything that is here is newer, and number 0, which there never is, is lost.
        return id.group(1).equals(run) ? Math.min(after, recent.next()) : 0;
    }

    /** Listeners now. */
    int clients() {
        return clients.size();
    }

    private void wakeIfWanted() {
        if (!clients.isEmpty()) {
            wake();
        }
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    private void tell() {
        while (!stopping) {
            boolean more = false;
            for (StreamClient client : clients) {
                more |= serve(client, System.nanoTime());
            }
            if (!more) {
                park();
            }
        }
    }

    private void park() {
        if (clients.isEmpty()) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, LOOK);
        }
    }

    private boolean serve(StreamClient client, long now) {
        try {
            if (client.isGone(now, PATIENCE)) {
                leave(client);
                return false;
            }
            boolean more = client.advance(recent, read, this::wake, now);
            if (client.silence(now) > HEARTBEAT) {
                client.heartbeat(this::wake, now);
            }
            return more;
        } catch (RuntimeException e) {
            LOG.debugf(e, "a listener of the predictions is given up");
            leave(client);
            return false;
        }
    }

    private void leave(StreamClient client) {
        clients.remove(client);
        client.close();
    }

    @Override
    public void close() {
        stopping = true;
        wake();
        clients.forEach(this::leave);
    }
}
