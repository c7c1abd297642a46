package io.headwater.inference.deadletters;

import io.headwater.config.StreamConfig;
import io.headwater.deadletter.DeadLetters;
import io.headwater.topics.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Shows the dead letters of {@code images}, and puts chosen ones back. Each request has Kafka clients of its own. It is made at start,
 * so that its metric is there before its first event.
 */
@Startup
@ApplicationScoped
class DeadLetterDesk {
    private static final Logger LOG = Logger.getLogger(DeadLetterDesk.class);
    private static final Duration READING = Duration.ofSeconds(10);
    private static final Duration REPLAYING = Duration.ofSeconds(60);
    private static final int READERS = 2;

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final Clock clock;
    private final Counter replayed;
    private final Semaphore readers = new Semaphore(READERS);
    private final ReentrantLock replaying = new ReentrantLock();

    @Inject
    DeadLetterDesk(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            StreamConfig stream,
            MeterRegistry registry) {
        this(kafka, stream.toTopics(), registry, Clock.systemUTC());
    }

    DeadLetterDesk(Map<String, Object> kafka, Topics topics, MeterRegistry registry, Clock clock) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.clock = clock;
        this.replayed = Counter.builder("headwater.inference.replayed")
                .description("Dead letters put back into images")
                .register(registry);
    }

    /** Name of the topic whose letters are here. */
    String topic() {
        return topics.deadLetters(topics.images()).name();
    }

    /**
     * Some letters, the newest first.
     *
     * @throws BusyException if too many ask at once
     */
    LetterPage page(LetterFilter filter, Optional<String> cursor, int limit) {
        return reading(letters -> LetterPage.read(letters, replays(READING), filter, cursor, limit));
    }

    /** One letter. */
    Optional<Letter> letter(LetterId id) {
        return reading(letters -> letters.at(id).map(entry -> Letter.of(entry, replays(READING))));
    }

    /** Its bytes, as they came; empty too where it has none. */
    Optional<byte[]> bytes(LetterId id) {
        return reading(letters -> letters.at(id).map(ConsumerRecord::value));
    }

    private interface Reading<T> {
        T from(LetterTopic letters);
    }

    private <T> T reading(Reading<T> reading) {
        if (!readers.tryAcquire()) {
            throw new BusyException("Others are reading the dead letters; ask again.");
        }
        try (LetterTopic letters = new LetterTopic(kafka, topic(), READING)) {
            return reading.from(letters);
        } finally {
            readers.release();
        }
    }

    private Replays replays(Duration patience) {
        try (LetterTopic marks = new LetterTopic(kafka, topics.replays().name(), patience)) {
            return Replays.read(marks, topic());
        }
    }

    /**
     * Puts back what is chosen: key, value and headers as they are, but for the reason and the origin, which give way to
     * {@link DeadLetters#REPLAY}. Returns when it is committed.
     *
     * @throws BusyException if somebody else is putting back
     * @throws ReplayFailedException if Kafka fails in the middle; what is back is marked so
     */
    ReplayAnswer replay(ReplayRequest request) {
        if (!replaying.tryLock()) {
            throw new BusyException("Another replay is going on; ask again.");
        }
        try {
            ReplayAnswer answer = request.isDryRun() ? plan(request, Optional.empty()) : send(request);
            LOG.infof(
                    "dead letters replayed request=%s dryRun=%s replayed=%d skipped=%d more=%s",
                    answer.request(),
                    answer.dryRun(),
                    answer.replayed().size(),
                    answer.skipped().size(),
                    answer.more());
            return answer;
        } finally {
            replaying.unlock();
        }
    }

    private ReplayAnswer send(ReplayRequest request) {
        try (Outbox outbox = new Outbox(kafka, topics.replays().name())) {
            try {
                // The marks are read when nobody else can write any.
                return plan(request, Optional.of(outbox));
            } catch (RuntimeException e) {
                throw new ReplayFailedException(outbox.committed(), e);
            } finally {
                replayed.increment(outbox.committed());
            }
        }
    }

    private ReplayAnswer plan(ReplayRequest request, Optional<Outbox> outbox) {
        try (LetterTopic letters = new LetterTopic(kafka, topic(), REPLAYING);
                LetterTopic images = new LetterTopic(kafka, topics.images().name(), READING)) {
            Replayer replayer = new Replayer(
                    topics,
                    request,
                    replays(READING),
                    images.partitions(),
                    UUID.randomUUID().toString(),
                    clock.instant(),
                    outbox);
            return replayer.replay(letters);
        }
    }
}
