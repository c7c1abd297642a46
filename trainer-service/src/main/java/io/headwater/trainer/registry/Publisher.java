package io.headwater.trainer.registry;

import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes decisions to {@code models}, {@code rollouts} and {@code rollout-history}, those that belong together in one
 * transaction. Opening one
 * fences every earlier trainer with the same transactional id. Not thread safe.
 */
public final class Publisher implements AutoCloseable {
    private final Topics topics;
    private final Map<String, Object> configuration;
    private final Serializer<ModelPublished> models;
    private final Serializer<RolloutChanged> rollouts;
    private KafkaProducer<String, byte[]> producer;

    /**
     * @param kafka client configuration
     * @param transactionalId the same for every trainer of a prefix
     */
    public Publisher(Map<String, Object> kafka, String transactionalId, Topics topics, EventFormat format) {
        this.topics = topics;
        this.configuration = new HashMap<>(kafka);
        configuration.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        this.models = format.serializer(ModelPublished.class);
        this.rollouts = format.serializer(RolloutChanged.class);
    }

    /** Opens it anew; what this or an earlier trainer left undecided is decided then. */
    public void open() {
        close();
        KafkaProducer<String, byte[]> opening =
                new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer());
        try {
            opening.initTransactions();
        } catch (KafkaException e) {
            opening.close(Duration.ZERO);
            throw e;
        }
        producer = opening;
    }

    /**
     * Writes all of it or nothing.
     *
     * @throws FencedException if another trainer has taken over; nothing was written
     * @throws KafkaException if the outcome is unknown; after the next {@link #open()} it is decided, and reading the
     *     topics tells
     */
    public void publish(List<ModelPublished> changedModels, Optional<RolloutChanged> change) {
        if (producer == null) {
            open();
        }
        try {
            producer.beginTransaction();
            for (ModelPublished model : changedModels) {
                send(topics.models().name(), Long.toString(model.getVersion()), models, model);
            }
            change.ifPresent(rollout -> {
                send(topics.rollouts().name(), Topics.ROLLOUT_KEY, rollouts, rollout);
                send(topics.rolloutHistory().name(), Long.toString(rollout.getGeneration()), rollouts, rollout);
            });
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            close();
            throw new FencedException(e);
        } catch (KafkaException e) {
            // Not aborted here: the next open() lets the broker decide, also when the commit had been sent.
            close();
            throw e;
        }
    }

    private <T extends SpecificRecord> void send(String topic, String key, Serializer<T> serializer, T event) {
        // Not waited for: a failed send fails the commit.
        var unused = producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, event)));
    }

    @Override
    public void close() {
        KafkaProducer<String, byte[]> closing = producer;
        producer = null;
        if (closing != null) {
            closing.close(Duration.ofSeconds(5));
        }
    }
}
