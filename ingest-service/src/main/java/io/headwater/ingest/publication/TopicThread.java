package io.headwater.ingest.publication;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * A thread that reads a topic: it begins when the topics are there, and begins again after a second when Kafka went
 * away in between. It ends by itself when its work returns.
 */
public final class TopicThread {
    private static final Logger LOG = Logger.getLogger(TopicThread.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final String topic;
    private final TopicGate gate;
    private final Consumer<Running> work;
    private final Running running = new Running();

    /**
     * Does not begin yet.
     *
     * @param topic what is read, for its name and the log
     * @param work reads until it is done or may not go on; what it throws makes it begin again
     */
    public TopicThread(String topic, TopicGate gate, Consumer<Running> work) {
        this.topic = topic;
        this.gate = gate;
        this.work = work;
    }

    /** What the work asks and tells. */
    public static final class Running {
        private final CountDownLatch stopped = new CountDownLatch(1);
        private volatile Runnable wakeup = () -> {};

        private Running() {}

        /** Whether the service still runs. */
        public boolean goesOn() {
            return stopped.getCount() > 0;
        }

        /** What ends a wait of the work when the service stops. */
        public void wakeWith(Runnable action) {
            wakeup = action;
        }

        private boolean stopsWithin(Duration pause) {
            try {
                return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
    }

    /** Begins. */
    public void start() {
        Thread thread = new Thread(this::run, "follow-" + topic);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends soon. */
    public void stop() {
        running.stopped.countDown();
        running.wakeup.run();
    }

    private void run() {
        while (!gate.isOpen()) {
            if (running.stopsWithin(LOOK)) {
                return;
            }
        }
        do {
            try {
                work.accept(running);
                return;
            } catch (WakeupException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("begins again topic=%s reason=%s", topic, e);
            }
        } while (!running.stopsWithin(PAUSE));
    }
}
