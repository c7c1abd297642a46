package io.headwater.inference.rollout;

import io.headwater.events.RolloutChanged;
import io.headwater.inference.retry.Backoff;
import io.headwater.topics.TopicFollower;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jboss.logging.Logger;

/** A thread that follows the topic {@code rollouts} and has each decision applied, off the path of the images. */
public final class RolloutFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RolloutFollower.class);
    private static final Duration REPLAY = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(250);

    private final Map<String, Object> kafka;
    private final String topic;
    private final Deserializer<RolloutChanged> deserializer;
    private final Rollouts rollouts;
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private final Thread thread = new Thread(this::run, "rollout-follower");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile TopicFollower<RolloutChanged> present;

    /**
     * @param kafka client configuration, at least {@code bootstrap.servers}
     * @param topic name of {@code rollouts}
     */
    public RolloutFollower(
            Map<String, Object> kafka, String topic, Deserializer<RolloutChanged> deserializer, Rollouts rollouts) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        this.deserializer = deserializer;
        this.rollouts = rollouts;
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (running()) {
            Duration pause = Duration.ZERO;
            try (TopicFollower<RolloutChanged> follower =
                    new TopicFollower<>(kafka, topic, deserializer, this::decide, this::skip)) {
                present = follower;
                follow(follower);
            } catch (WakeupException e) {
                LOG.debug("rollout follower was woken up");
            } catch (RuntimeException e) {
                pause = backoff.next();
                LOG.warnf("rollouts can't be read retryMillis=%d reason=%s", pause.toMillis(), e.toString());
            } finally {
                present = null;
            }
            sleep(pause);
        }
    }

    private boolean running() {
        return stopping.getCount() > 0;
    }

    private void follow(TopicFollower<RolloutChanged> follower) {
        // Replay first, then act: only the newest decision is worth loading.
        follower.replay(REPLAY);
        backoff.reset();
        while (running()) {
            rollouts.apply();
            follower.poll(STEP);
        }
    }

    private void decide(TopicFollower.Entry<RolloutChanged> entry) {
        entry.value().ifPresent(rollouts::want);
    }

    private void skip(ConsumerRecord<byte[], byte[]> entry, String reason) {
        rollouts.reportGarbage("partition " + entry.partition() + " offset " + entry.offset() + ": " + reason);
    }

    private void sleep(Duration pause) {
        try {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("stopping, no need to wait longer");
            }
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    /** Ends the thread. */
    @Override
    public void close() {
        stopping.countDown();
        TopicFollower<RolloutChanged> follower = present;
        if (follower != null) {
            follower.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
