package io.headwater.trainer.rollouts;

import io.headwater.events.ImageClassified;
import io.headwater.events.RolloutTrial;
import io.headwater.serde.EventFormatException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jboss.logging.Logger;

/**
 * Follows {@code predictions} while a version is on trial, from the beginning of its present step, at most an hour back: what
 * it says of all images, labelled or not. It reads only when it is asked to, in small portions. One thread follows, any
 * may ask.
 */
public final class TrafficWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TrafficWatch.class);
    private static final Duration LONGEST = Duration.ofHours(1);
    /** More would keep the one who follows from what else there is to decide. */
    private static final int MOST_POLLS = 20;

    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final Map<String, Object> kafka;
    private final String topic;
    private final Deserializer<ImageClassified> deserializer;
    private final Clock clock;
    private Optional<Following> following = Optional.empty();
    private volatile Optional<Seen> seen = Optional.empty();

    private record Step(long version, long stable, Instant since) {
        static Optional<Step> of(Situation situation) {
            RolloutTrial trial = situation.rollout().getTrial();
            return trial == null
                    ? Optional.empty()
                    : situation.stable().map(stable -> new Step(trial.getVersion(), stable, trial.getSince()));
        }
    }

    private record Following(Step step, KafkaConsumer<byte[], byte[]> consumer, TrafficCounts counts) {}

    private record Seen(Step step, Traffic traffic) {}

    /**
     * @param kafka client configuration
     * @param topic name of {@code predictions}
     */
    public TrafficWatch(
            Map<String, Object> kafka, String topic, Deserializer<ImageClassified> deserializer, Clock clock) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put("isolation.level", "read_committed");
        this.kafka.put("enable.auto.commit", false);
        this.kafka.remove("group.id");
        this.topic = topic;
        this.deserializer = deserializer;
        this.clock = clock;
    }

    /** Reads what has come since; when it fails, it begins anew the next time. */
    void follow(Situation situation) {
        Optional<Step> step = Step.of(situation);
        if (!following.map(Following::step).equals(step)) {
            close();
        }
        if (step.isEmpty()) {
            return;
        }
        try {
            if (following.isEmpty()) {
                following = Optional.of(begin(step.get()));
            }
            read(following.get());
        } catch (InterruptException e) {
            close();
            throw e;
        } catch (KafkaException e) {
            LOG.warnf("predictions can't be read, so nothing of them holds a version back: %s", e.getMessage());
            close();
        }
    }

    /** What is known of the present step; empty before the first image. */
    Optional<Traffic> traffic(Situation situation) {
        Optional<Step> step = Step.of(situation);
        return seen.filter(those -> step.equals(Optional.of(those.step()))).map(Seen::traffic);
    }

    private Following begin(Step step) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Instant hourAgo = clock.instant().minus(LONGEST);
            long from = (step.since().isAfter(hourAgo) ? step.since() : hourAgo).toEpochMilli();
            Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(
                    partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> from)));
            consumer.seekToEnd(partitions);
            offsets.forEach((partition, offset) -> {
                if (offset != null) {
                    consumer.seek(partition, offset.offset());
                }
            });
            // Whoever has nothing later yet is read from its present end on, not from the end at the first poll.
            partitions.forEach(consumer::position);
            return new Following(step, consumer, new TrafficCounts(step.version(), step.stable()));
        } catch (KafkaException e) {
            consumer.close(Duration.ZERO);
            throw e;
        }
    }

    private void read(Following now) {
        for (int i = 0; i < MOST_POLLS; i++) {
            ConsumerRecords<byte[], byte[]> records = now.consumer().poll(PATIENCE);
            records.forEach(entry -> count(now.counts(), entry.value()));
            if (records.isEmpty()) {
                break;
            }
        }
        seen = now.counts().traffic().map(traffic -> new Seen(now.step(), traffic));
    }

    private void count(TrafficCounts counts, byte[] value) {
        try {
            if (value != null) {
                counts.add(deserializer.deserialize(topic, value));
            }
        } catch (EventFormatException e) {
            // The judgements stream writes it to the dead letters.
            LOG.debug("prediction passed over", e);
        }
    }

    /** Follows nothing any more. */
    @Override
    public void close() {
        following.ifPresent(now -> now.consumer().close(Duration.ZERO));
        following = Optional.empty();
        seen = Optional.empty();
    }
}
