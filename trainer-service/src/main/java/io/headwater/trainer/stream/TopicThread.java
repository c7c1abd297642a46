package io.headwater.trainer.stream;

import io.headwater.topics.TopicFollower;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * A thread that keeps state in memory in step with a topic: reads it from the beginning, then follows it. After a failure
 * it begins again, with what was read forgotten first.
 */
public final class TopicThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicThread.class);
    private static final Duration REPLAY_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final long BACKOFF_SECONDS = 2;
    private static final long CLOSE_MILLIS = 10_000;

    /** The {@link #reading()} while the state is not the whole topic. */
    public static final int NOT_CURRENT = 0;

    private final String name;
    private final Supplier<TopicFollower<?>> followers;
    private final Runnable forget;
    private final Thread thread;
    private final CountDownLatch replayed = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile TopicFollower<?> follower;
    private volatile int reading = NOT_CURRENT;
    private int readings;

    /**
     * @param name of the topic, for logs
     * @param followers makes one that feeds the state
     * @param forget empties the state
     */
    public TopicThread(String name, Supplier<TopicFollower<?>> followers, Runnable forget) {
        this.name = name;
        this.followers = followers;
        this.forget = forget;
        this.thread = new Thread(this::run, "follow-" + name);
        this.thread.setDaemon(true);
    }

    /** Of the topic. */
    public String name() {
        return name;
    }

    /** Starts reading. */
    public void start() {
        thread.start();
    }

    /**
     * Which reading of the topic the state is from, or {@link #NOT_CURRENT} while it is being read from the beginning.
     * The same number before and after a look at the state: it was whole in between.
     */
    public int reading() {
        return reading;
    }

    /** Waits until everything has been read once; false if that takes longer than {@code timeout}. */
    public boolean awaitReplayed(Duration timeout) throws InterruptedException {
        return replayed.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        while (!isClosed()) {
            try (TopicFollower<?> opened = followers.get()) {
                follower = opened;
                reading = NOT_CURRENT;
                forget.run();
                opened.replay(REPLAY_TIMEOUT);
                readings++;
                reading = readings;
                LOG.infof("topic replayed name=%s positions=%s", name, opened.positions());
                replayed.countDown();
                while (!isClosed()) {
                    opened.poll(STEP);
                }
            } catch (WakeupException | InterruptException e) {
                LOG.debugf("following ended name=%s", name);
            } catch (RuntimeException e) {
                LOG.warnf(e, "topic is read again from its beginning in %d s name=%s", BACKOFF_SECONDS, name);
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (closed.await(BACKOFF_SECONDS, TimeUnit.SECONDS)) {
                LOG.debugf("following ended name=%s", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    @Override
    public void close() {
        closed.countDown();
        TopicFollower<?> following = follower;
        if (following != null) {
            following.wakeup();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
