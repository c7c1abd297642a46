package io.headwater.ingest.intake;

import io.headwater.config.StreamConfig;
import io.headwater.events.ImageIngested;
import io.headwater.ingest.identity.ImageId;
import io.headwater.ingest.identity.KeyLedger;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.headwater.ingest.publication.TopicGate;
import io.headwater.ingest.publication.TopicThread;
import io.headwater.topics.TopicFollower;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jboss.logging.Logger;

/**
 * Refuses a key that comes again with other bytes, among the {@code headwater.intake.remembered-keys} newest that this
 * instance took in. So that a restart does not forget them all, the keys of the newest images are read from the stream
 * in the background; that takes seconds, and until then, beyond them, and between two instances at the same moment, a
 * key is believed.
 */
@ApplicationScoped
public class KeyMemory {
    private static final Logger LOG = Logger.getLogger(KeyMemory.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int FETCH = 1 << 20;

    private final KeyLedger ledger;
    private final int recalled;
    private final StreamConfig stream;
    private final Map<String, Object> kafka;
    private final TopicThread thread;

    KeyMemory(
            IntakeConfig config,
            StreamConfig stream,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            TopicGate gate) {
        this.ledger = new KeyLedger(config.rememberedKeys());
        this.recalled = config.recalledKeys();
        this.stream = stream;
        this.kafka = new HashMap<>(kafka);
        // These records are pictures, of which only the keys are wanted: a few at a time.
        this.kafka.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH);
        this.kafka.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH);
        this.thread = new TopicThread("images", gate, this::recall);
    }

    void start(@Observes StartupEvent event) {
        if (recalled > 0) {
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.stop();
    }

    private void recall(TopicThread.Running running) {
        try (TopicFollower<ImageIngested> follower = new TopicFollower<>(
                        kafka,
                        stream.toTopics().images().name(),
                        stream.toFormat().deserializer(ImageIngested.class),
                        entry -> entry.value().ifPresent(image -> recall(entry.key(), image.getSha256())),
                        (garbage, reason) -> {})
                .lastOnly(1 + recalled / stream.topics().partitions())) {
            running.wakeWith(follower::wakeup);
            follower.replay(PATIENCE);
            LOG.infof("keys recalled images=%d at most", recalled);
        }
    }

    private void recall(String key, String sha256) {
        if (!key.equals(ImageId.ofContent(sha256).value())) {
            ledger.claim(key, sha256);
        }
    }

    /** @throws ProblemException (422) if the client's key is known to stand for other bytes */
    void check(Upload upload) {
        if (upload.keyGiven() && !ledger.allows(upload.id().value(), upload.sha256())) {
            throw reused(upload);
        }
    }

    /** The same as {@link #check}, and from now on the key stands for these bytes. */
    void claim(Upload upload) {
        if (upload.keyGiven() && !ledger.claim(upload.id().value(), upload.sha256())) {
            throw reused(upload);
        }
    }

    private static ProblemException reused(Upload upload) {
        return new ProblemException(
                ProblemKind.KEY_REUSED,
                "the key " + upload.id().value() + " has come with other bytes before; a key stands for one picture");
    }
}
