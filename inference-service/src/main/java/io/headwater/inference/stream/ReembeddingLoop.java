package io.headwater.inference.stream;

import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Shared;
import io.headwater.inference.rollout.Generation;
import io.headwater.topics.ConsumerGroups;
import io.headwater.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jboss.logging.Logger;

/**
 * One life of the clients that embed the images again, for one change of the backbone. It reads {@code images} from the
 * beginning, never past what has its prediction, and writes embeddings and nothing else. Its offsets are committed after the
 * embeddings: what is embedded twice for that has the same embedding.
 */
final class ReembeddingLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReembeddingLoop.class);
    private static final int BATCH = 16;
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final long change;
    private final Topics topics;
    private final Supplier<Optional<Shared<Generation>>> generations;
    private final Reembedder reembedder;
    private final Pace pace;
    private final ReembeddingObserver observer;
    private final ReembeddingStatus status;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

    private ReembeddingProgress progress;
    private long lookedAt;
    private boolean told;

    /** Waits for as long as it must after an image that took {@code nanos}. */
    interface Pace {
        void after(long nanos) throws InterruptedException;
    }

    ReembeddingLoop(
            long change,
            KafkaClients clients,
            String predicting,
            Topics topics,
            Supplier<Optional<Shared<Generation>>> generations,
            Reembedder reembedder,
            Pace pace,
            ReembeddingObserver observer,
            ReembeddingStatus status) {
        this.change = change;
        this.topics = topics;
        this.generations = generations;
        this.reembedder = reembedder;
        this.pace = pace;
        this.observer = observer;
        this.status = status;
        this.producer = clients.plainProducer();
        this.consumer = clients.consumer(ConsumerGroups.reembedding(predicting, change), BATCH);
    }

    /** Works until {@code wanted} says no, or there is nothing left to do. */
    void run(BooleanSupplier wanted) throws InterruptedException {
        consumer.subscribe(List.of(topics.images().name()));
        look();
        while (wanted.getAsBoolean() && !isOver()) {
            if (System.nanoTime() - lookedAt > LOOK_NANOS) {
                look();
            }
            hold();
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(IDLE);
            Optional<Shared<Generation>> lease = generations.get();
            try {
                Optional<Backbone> backbone = lease.flatMap(one -> one.get().backboneOf(change));
                if (backbone.isEmpty()) {
                    return;
                }
                embed(polled, backbone.get());
            } finally {
                lease.ifPresent(Shared::release);
            }
            commit();
        }
    }

    private void look() throws InterruptedException {
        progress = observer.progress(change);
        lookedAt = System.nanoTime();
        status.remaining(progress.remaining());
        boolean complete = progress.remaining() == 0;
        if (complete && !told) {
            LOG.infof(
                    "images are embedded again change=%d imagesOfThisInstance=%d; those to come follow",
                    change, status.images());
        }
        told = complete;
    }

    // While the change is under way every image that comes has to be embedded again too.
    private boolean isOver() {
        Optional<Shared<Generation>> lease = generations.get();
        try {
            return lease.map(one -> one.get().change() == change).orElse(true) && progress.isOver();
        } finally {
            lease.ifPresent(Shared::release);
        }
    }

    // What has to wait for its prediction is not even fetched.
    private void hold() {
        Set<TopicPartition> ready = new HashSet<>();
        Set<TopicPartition> waiting = new HashSet<>();
        for (TopicPartition partition : consumer.assignment()) {
            (consumer.position(partition) < progress.bound(partition) ? ready : waiting).add(partition);
        }
        consumer.pause(waiting);
        consumer.resume(ready);
    }

    private void embed(ConsumerRecords<byte[], byte[]> polled, Backbone backbone) throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (TopicPartition partition : polled.partitions()) {
            long bound = progress.bound(partition);
            for (ConsumerRecord<byte[], byte[]> entry : polled.records(partition)) {
                if (entry.offset() >= bound) {
                    consumer.seek(partition, entry.offset());
                    break;
                }
                long start = System.nanoTime();
                reembedder
                        .embed(entry, backbone)
                        .ifPresent(embedding -> sent.add(producer.send(new ProducerRecord<>(
                                topics.embeddings().name(), entry.partition(), entry.key(), embedding))));
                pace.after(System.nanoTime() - start);
            }
        }
        await(sent);
        status.embedded(sent.size());
    }

    private void await(List<Future<RecordMetadata>> sent) throws InterruptedException {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new KafkaException("an embedding was not acknowledged", e.getCause());
            }
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            OffsetAndMetadata position = new OffsetAndMetadata(consumer.position(partition));
            if (!position.equals(committed.get(partition))) {
                moved.put(partition, position);
            }
        }
        if (moved.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(moved);
            committed.putAll(moved);
        } catch (RebalanceInProgressException e) {
            LOG.debugf("not committed during a rebalance, but after it: %s", e.getMessage());
        }
    }

    /** Leaves the group. Never waits for Kafka for longer than a few seconds. */
    @Override
    public void close() {
        closeQuietly("producer", () -> producer.close(Duration.ZERO));
        closeQuietly("consumer", () -> consumer.close(CloseOptions.timeout(FAREWELL)));
    }

    private static void closeQuietly(String what, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) {
            LOG.debugf(e, "the %s did not close cleanly", what);
        }
    }
}
