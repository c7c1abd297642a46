package io.headwater.trainer.leadership;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Chooses one trainer among those of a consumer group: the member that has the only partition of a topic is elected. Who is
 * elected stays so until it leaves or is silent for too long. The elected one writes its address beside the group's offset,
 * where the others read it; no record of the topic is read here.
 *
 * <p>Being elected says who should try to lead, and no more: for a moment two may believe it. What makes that safe is the
 * transactional id of {@link io.headwater.trainer.registry.Publisher}, which shuts the earlier one out.
 *
 * <p>It has a thread of its own, so that a long training does not look like silence. Thread safe.
 */
public final class Election implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Election.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long ASK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long BACKOFF_MILLIS = 1_000;
    private static final long CLOSE_MILLIS = 10_000;

    private final Map<String, Object> configuration;
    private final TopicPartition seat;
    private final Candidate candidate;
    private final Thread thread = new Thread(this::run, "election");
    private Optional<Term> term = Optional.empty();
    private Optional<String> leader = Optional.empty();
    private long terms;
    private boolean closed;
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param kafka client configuration
     * @param group whose members are the trainers among which one is chosen
     * @param topic with one partition, which must exist
     */
    public Election(Map<String, Object> kafka, String group, String topic, Candidate candidate) {
        this.seat = new TopicPartition(topic, 0);
        this.candidate = candidate;
        int session = (int) candidate.takeoverAfter().toMillis();
        configuration = new HashMap<>(kafka);
        configuration.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        configuration.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        configuration.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 5);
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        // Whoever has the partition keeps it when another one comes.
        configuration.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        thread.setDaemon(true);
    }

    /** Stands for election from now on. */
    public void start() {
        thread.start();
    }

    /** The present term, if this trainer is elected. */
    public synchronized Optional<Term> term() {
        return term;
    }

    /** Whether that term still lasts. */
    public synchronized boolean lasts(Term asked) {
        return term.filter(asked::equals).isPresent();
    }

    /** Where the elected trainer says it is. */
    public synchronized Optional<String> leader() {
        return leader;
    }

    /** Waits until this trainer is elected, at most {@code millis}. */
    @SuppressWarnings("WaitNotInLoop") // Whoever waits looks again.
    public synchronized Optional<Term> awaitTerm(long millis) throws InterruptedException {
        if (term.isEmpty()) {
            wait(millis);
        }
        return term;
    }

    private void run() {
        while (!isClosed()) {
            try (KafkaConsumer<byte[], byte[]> opened =
                    new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = opened;
                takePart(opened);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("the election was left");
            } catch (RuntimeException e) {
                LOG.warnf("the election is joined again in %d ms: %s", BACKOFF_MILLIS, e.toString());
                end("this trainer has left the election");
                pause();
            }
        }
        end("this trainer stops");
    }

    private void takePart(KafkaConsumer<byte[], byte[]> member) {
        member.subscribe(List.of(seat.topic()), new Seat(member));
        long asked = System.nanoTime() - ASK_NANOS;
        long seen = System.nanoTime();
        while (!isClosed()) {
            member.poll(POLL);
            long now = System.nanoTime();
            if (now - seen > candidate.takeoverAfter().toNanos()) {
                // Others may have been elected meanwhile; the group would tell only in a moment.
                throw new KafkaException("this process stood still for " + (now - seen) / 1_000_000 + " ms");
            }
            seen = now;
            if (now - asked > ASK_NANOS) {
                asked = now;
                exchangeAddress(member);
                seen = System.nanoTime();
            }
        }
    }

    private void exchangeAddress(KafkaConsumer<byte[], byte[]> member) {
        try {
            if (term().isPresent()) {
                member.commitSync(Map.of(seat, new OffsetAndMetadata(0, candidate.address())), ANSWER);
            } else {
                know(member.committed(Set.of(seat), ANSWER).get(seat));
            }
        } catch (RetriableException | RebalanceInProgressException | CommitFailedException e) {
            LOG.debugf("who leads is asked again: %s", e.toString());
        }
    }

    private synchronized void know(OffsetAndMetadata told) {
        if (term.isEmpty()) {
            leader = Optional.ofNullable(told).map(OffsetAndMetadata::metadata).filter(address -> !address.isEmpty());
        }
    }

    /** Hears who has the partition; on the thread of the election. */
    private final class Seat implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> member;

        Seat(KafkaConsumer<byte[], byte[]> member) {
            this.member = member;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            if (assigned.contains(seat)) {
                // It is there to be had, not to be read.
                member.pause(assigned);
                begin();
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            if (revoked.contains(seat)) {
                end("this trainer has given its place up");
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            if (lost.contains(seat)) {
                end("this trainer was silent for too long");
            }
        }
    }

    private synchronized void begin() {
        terms++;
        term = Optional.of(new Term(terms));
        leader = Optional.of(candidate.address());
        LOG.infof("elected term=%d address=%s", terms, candidate.address());
        notifyAll();
    }

    private synchronized void end(String why) {
        if (term.isPresent()) {
            LOG.infof("not elected any more term=%d: %s", terms, why);
            leader = Optional.empty();
        }
        term = Optional.empty();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @SuppressWarnings("WaitNotInLoop") // A pause that is too short does no harm.
    private synchronized void pause() {
        try {
            if (!closed) {
                wait(BACKOFF_MILLIS);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Leaves the election, so that another trainer is elected at once. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        KafkaConsumer<byte[], byte[]> member = consumer;
        if (member != null) {
            member.wakeup();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
