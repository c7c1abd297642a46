package io.headwater.ingest.publication;

import io.headwater.config.StreamConfig;
import io.headwater.events.ImageIngested;
import io.headwater.events.ImageLabelled;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.headwater.topics.Topics;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/**
 * Puts events into Kafka. What it gives back completes when all in-sync replicas have the event, and fails with a
 * problem (503, Retry-After) when that is not known within {@code headwater.publication.timeout}. Such an event may
 * still arrive later; sending it again is safe, because its key is the same.
 */
@ApplicationScoped
public class EventPublisher {
    private static final Logger LOG = Logger.getLogger(EventPublisher.class);

    private final MutinyEmitter<Record<String, ImageIngested>> images;
    private final MutinyEmitter<Record<String, ImageLabelled>> labels;
    private final Topics topics;
    private final TopicGate gate;
    private final PublicationConfig config;

    EventPublisher(
            @Channel("images") MutinyEmitter<Record<String, ImageIngested>> images,
            @Channel("labels") MutinyEmitter<Record<String, ImageLabelled>> labels,
            StreamConfig stream,
            TopicGate gate,
            PublicationConfig config) {
        this.images = images;
        this.labels = labels;
        this.topics = stream.toTopics();
        this.gate = gate;
        this.config = config;
    }

    /** Publishes an image under its id. */
    public Uni<Void> publish(String imageId, ImageIngested image) {
        return send(images, topics.images().name(), imageId, image);
    }

    /** Publishes what is on an image; the last label counts. */
    public Uni<Void> publish(String imageId, ImageLabelled label) {
        return send(labels, topics.labels().name(), imageId, label);
    }

    /** Takes the label of an image back: a tombstone. */
    public Uni<Void> withdrawLabel(String imageId) {
        return send(labels, topics.labels().name(), imageId, null);
    }

    private <V> Uni<Void> send(MutinyEmitter<Record<String, V>> channel, String topic, String key, V value) {
        if (!gate.isOpen()) {
            return Uni.createFrom().failure(unavailable("Kafka has not answered since this service started"));
        }
        return Uni.createFrom()
                .<Void>emitter(acknowledgement -> channel.send(Message.of(
                        Record.of(key, value),
                        Metadata.of(OutgoingKafkaRecordMetadata.<String>builder()
                                .withTopic(topic)
                                .withKey(key)
                                .build()),
                        () -> {
                            acknowledgement.complete(null);
                            return CompletableFuture.completedFuture(null);
                        },
                        reason -> {
                            acknowledgement.fail(reason);
                            // A nack that fails would end the channel for good.
                            return CompletableFuture.completedFuture(null);
                        })))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure()
                .transform(failure -> {
                    LOG.warnf("not published topic=%s id=%s reason=%s", topic, key, failure);
                    return unavailable("Kafka did not acknowledge within "
                            + config.timeout().toSeconds() + " s; send the same again later");
                });
    }

    private ProblemException unavailable(String detail) {
        return ProblemException.temporary(ProblemKind.STREAM_UNAVAILABLE, detail, config.retryAfter());
    }
}
