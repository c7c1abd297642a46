package io.headwater.inference.stream;

import io.headwater.deadletter.DeadLetters;
import io.headwater.topics.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * One life of the two Kafka clients. Polls, hands batches to the workers, and writes each finished batch (predictions,
 * embeddings, dead letters and the consumed offsets) in one transaction, oldest first, while the workers are at the next.
 *
 * <p>An image that has a prediction gets no second one, see {@link RecentImages}.
 *
 * <p>It ends with any exception; nothing that was not committed counts then, and the next life begins at the committed
 * offsets. When partitions go to another instance, what is in flight is finished and committed first.
 *
 * <p>It never stays away from {@code poll} for longer than its oldest batch takes, so its place in the group is safe.
 */
final class ExactlyOnceLoop implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ExactlyOnceLoop.class);
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration BRIEF = Duration.ofMillis(2);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final int batchesInFlight;
    private final Submit submit;
    private final PredictionsTail tail;
    private final RecentImages recent;
    private final BackboneMarks marks = new BackboneMarks();
    private final InferenceMetrics metrics;
    private final PipelineStatus status;
    private final Deque<Batch> inFlight = new ArrayDeque<>();

    /** Sends what was polled to the workers, but for the images that are known to have a prediction. */
    interface Submit
            extends BiFunction<ConsumerRecords<byte[], byte[]>, Predicate<ConsumerRecord<byte[], byte[]>>, Batch> {}

    ExactlyOnceLoop(
            KafkaClients clients,
            Topics topics,
            PipelineSettings settings,
            Submit submit,
            InferenceMetrics metrics,
            PipelineStatus status) {
        this.topics = topics;
        this.batchesInFlight = settings.batchesInFlight();
        this.recent = new RecentImages(settings.rememberedImages());
        this.tail = new PredictionsTail(clients, topics.predictions().name(), settings.rememberedImages());
        this.submit = submit;
        this.metrics = metrics;
        this.status = status;
        this.producer = clients.producer();
        this.consumer = clients.consumer();
    }

    /** Works until {@code running} says no, and then commits what is in flight. */
    void run(BooleanSupplier running) throws InterruptedException {
        // Ends a transaction that an earlier life left open, and shuts out a twin with the same id.
        producer.initTransactions();
        consumer.subscribe(List.of(topics.images().name()), this);
        while (running.getAsBoolean()) {
            if (inFlight.size() >= batchesInFlight
                    || (!inFlight.isEmpty() && inFlight.peek().isDone())) {
                commit(inFlight.remove());
            }
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(inFlight.isEmpty() ? IDLE : BRIEF);
            if (!polled.isEmpty()) {
                inFlight.add(submit.apply(polled, recent::contains));
            }
            status.busy(!inFlight.isEmpty());
        }
        drain();
    }

    private void drain() throws InterruptedException {
        while (!inFlight.isEmpty()) {
            commit(inFlight.remove());
        }
    }

    private void commit(Batch batch) throws InterruptedException {
        batch.await(recent);
        long start = System.nanoTime();
        producer.beginTransaction();
        for (int i = 0; i < batch.size(); i++) {
            send(batch.entry(i), batch.outcome(i));
        }
        producer.sendOffsetsToTransaction(marks.mark(batch), consumer.groupMetadata());
        // A record that failed makes this throw: no callbacks needed.
        producer.commitTransaction();
        metrics.committed(batch, System.nanoTime() - start);
        status.committed(batch.size());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // commitTransaction tells
    private void send(ConsumerRecord<byte[], byte[]> entry, Outcome outcome) {
        if (outcome instanceof Outcome.Classified classified) {
            // The partition number is the image's own, so that whoever reads that partition finds its predictions
            // again.
            producer.send(new ProducerRecord<>(
                    topics.predictions().name(), entry.partition(), entry.key(), classified.prediction()));
            producer.send(new ProducerRecord<>(
                    topics.embeddings().name(), entry.partition(), entry.key(), classified.embedding()));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            LOG.warnf(
                    "image rejected topic=%s partition=%d offset=%d reason=%s",
                    entry.topic(), entry.partition(), entry.offset(), rejected.reason());
            producer.send(DeadLetters.of(topics.deadLetters(topics.images()).name(), entry, rejected.reason()));
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // A position is known when whoever had the partition before has no transaction open that could move it; only
        // then
        // are all of its predictions there.
        partitions.forEach(consumer::position);
        marks.read(consumer.committed(Set.copyOf(partitions)));
        tail.read(partitions.stream().map(TopicPartition::partition).toList(), recent);
        LOG.infof(
                "partitions assigned new=%s all=%d",
                partitions, consumer.assignment().size());
        status.assigned(consumer.assignment().size());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        LOG.infof("partitions revoked gone=%s inFlight=%d", partitions, inFlight.size());
        try {
            drain();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        partitions.forEach(partition -> recent.forget(partition.partition()));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        // Somebody else has them already: what is in flight must not be committed. The broker would refuse it anyway.
        throw new IllegalStateException("partitions lost: " + partitions);
    }

    /** Drops what is not committed. Never waits for Kafka for longer than a few seconds. */
    @Override
    public void close() {
        inFlight.forEach(Batch::cancel);
        inFlight.clear();
        status.unassigned();
        // An open transaction is ended by the next life's initTransactions, or else by its timeout.
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
