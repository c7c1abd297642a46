package io.headwater.inference.stream;

import io.headwater.deadletter.DeadLetters;
import io.headwater.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
 * One life of the two Kafka clients. Polls, hands batches to the workers, and sends the results of each batch that is done,
 * oldest first. Results (predictions, embeddings, dead letters) and the consumed offsets are committed together when
 * {@link Flow#isCommitDue} says so, while the workers are at what comes next: there is always more in flight than they get
 * done meanwhile, and never more than {@link Flow} allows.
 *
 * <p>An image that has a prediction gets no second one, see {@link RecentImages}.
 *
 * <p>It ends with any exception; nothing that was not committed counts then, and the next life begins at the committed
 * offsets. When partitions go to another instance, what is in flight is finished and committed first.
 *
 * <p>While nothing more may be taken it polls with its partitions paused, so its place in the group is safe however long an
 * image takes.
 */
final class PipelineLoop implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PipelineLoop.class);
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration BRIEF = Duration.ofMillis(1);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Output output;
    private final Topics topics;
    private final Flow flow;
    private final Submit submit;
    private final Optional<PredictionsTail> tail;
    private final RecentImages recent;
    private final BackboneMarks marks = new BackboneMarks();
    private final InferenceMetrics metrics;
    private final PipelineStatus status;
    private final Flight flight;
    private final CommitListener listener;
    private final Runnable meters;
    private long toldAt = System.nanoTime();
    private Uncommitted uncommitted = new Uncommitted();
    private List<CommittedImage> fresh = new ArrayList<>();

    /** Sends what was polled to the workers, but for the images that are known to have a prediction. */
    interface Submit
            extends BiFunction<ConsumerRecords<byte[], byte[]>, Predicate<ConsumerRecord<byte[], byte[]>>, Batch> {}

    PipelineLoop(
            KafkaClients clients,
            Topics topics,
            PipelineSettings settings,
            Submit submit,
            InferenceMetrics metrics,
            PipelineStatus status,
            CommitListener listener) {
        boolean exactlyOnce = settings.delivery() == Delivery.EXACTLY_ONCE;
        this.topics = topics;
        this.flow = settings.flow();
        this.flight = new Flight(flow);
        this.recent = new RecentImages(settings.rememberedImages());
        // Without transactions a prediction may be there, and its embedding not: it is no proof that the image is done.
        this.tail = exactlyOnce
                ? Optional.of(new PredictionsTail(clients, topics.predictions().name(), settings.rememberedImages()))
                : Optional.empty();
        this.submit = submit;
        this.metrics = metrics;
        this.status = status;
        this.listener = listener;
        this.consumer = clients.consumer();
        Producer<byte[], byte[]> producer = exactlyOnce ? clients.producer() : clients.plainProducer();
        this.output = exactlyOnce ? new TransactionalOutput(producer, consumer) : new PlainOutput(producer, consumer);
        this.meters = metrics.watch(consumer, producer);
    }

    /** Works until {@code running} says no, and then commits what is in flight. */
    void run(BooleanSupplier running) throws InterruptedException {
        output.open();
        consumer.subscribe(List.of(topics.images().name()), this);
        while (running.getAsBoolean()) {
            boolean taken = flight.isRoom() ? take(patience()) : holdOut();
            while (flight.isFirstDone() && uncommitted.images() < flow.batchSize()) {
                send(flight.remove());
            }
            if (flow.isCommitDue(uncommitted.images(), uncommitted.age(), !taken && flight.isEmpty())) {
                commit();
            }
            tellWhereItIs();
        }
        drain();
    }

    private void tellWhereItIs() {
        int inFlight = flight.images() + uncommitted.images();
        status.inFlight(inFlight);
        long now = System.nanoTime();
        if (now - toldAt > IDLE.toNanos()) {
            toldAt = now;
            status.behind(inFlight
                    + consumer.assignment().stream()
                            .mapToLong(
                                    partition -> consumer.currentLag(partition).orElse(0))
                            .sum());
        }
    }

    private Duration patience() {
        if (flight.isEmpty()) {
            return uncommitted.images() == 0 ? IDLE : Duration.ZERO;
        }
        return flight.isFirstDone() ? Duration.ZERO : BRIEF;
    }

    private boolean take(Duration patience) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(patience);
        if (polled.isEmpty()) {
            return false;
        }
        flight.add(submit.apply(polled, recent::contains));
        return true;
    }

    private boolean holdOut() throws InterruptedException {
        if (flight.awaitFirst(IDLE)) {
            return false;
        }
        consumer.pause(consumer.assignment());
        // A partition that comes in this poll is not paused, and what it brings is taken.
        boolean taken = take(Duration.ZERO);
        consumer.resume(consumer.paused());
        return taken;
    }

    private void drain() throws InterruptedException {
        while (!flight.isEmpty()) {
            send(flight.remove());
        }
        if (uncommitted.images() > 0) {
            commit();
        }
    }

    private void send(Batch batch) throws InterruptedException {
        batch.await(recent);
        for (int i = 0; i < batch.size(); i++) {
            send(batch.entry(i), batch.outcome(i));
        }
        uncommitted.add(batch, marks.mark(batch));
    }

    private void send(ConsumerRecord<byte[], byte[]> entry, Outcome outcome) {
        if (outcome instanceof Outcome.Classified classified) {
            // The partition number is the image's own, so that whoever reads that partition finds its predictions
            // again.
            output.send(new ProducerRecord<>(
                    topics.predictions().name(), entry.partition(), entry.key(), classified.prediction()));
            output.send(new ProducerRecord<>(
                    topics.embeddings().name(), entry.partition(), entry.key(), classified.embedding()));
            fresh.add(new CommittedImage(
                    entry.partition(), entry.offset(), entry.key(), entry.value(), classified.prediction()));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            LOG.warnf(
                    "image rejected topic=%s partition=%d offset=%d reason=%s",
                    entry.topic(), entry.partition(), entry.offset(), rejected.reason());
            output.send(DeadLetters.of(topics.deadLetters(topics.images()).name(), entry, rejected.reason()));
        }
    }

    private void commit() {
        long start = System.nanoTime();
        output.commit(uncommitted.offsets());
        metrics.committed(uncommitted, System.nanoTime() - start);
        status.committed(uncommitted.images());
        uncommitted = new Uncommitted();
        tell();
    }

    private void tell() {
        List<CommittedImage> committed = fresh;
        fresh = new ArrayList<>();
        try {
            listener.committed(committed);
        } catch (RuntimeException e) {
            // It is committed all the same.
            LOG.errorf(e, "a listener could not take what was committed images=%d", committed.size());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // What follows may take longer than a transaction may be open.
        if (uncommitted.images() > 0) {
            commit();
        }
        // A position is known when whoever had the partition before has no transaction open that could move it; only
        // then are all of its predictions there.
        partitions.forEach(consumer::position);
        marks.read(consumer.committed(Set.copyOf(partitions)));
        tail.ifPresent(last ->
                last.read(partitions.stream().map(TopicPartition::partition).toList(), recent));
        LOG.infof(
                "partitions assigned new=%s all=%d",
                partitions, consumer.assignment().size());
        status.assigned(consumer.assignment());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        LOG.infof("partitions revoked gone=%s imagesInFlight=%d", partitions, flight.images());
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
        flight.cancel();
        status.unassigned();
        closeQuietly("meters", meters);
        closeQuietly("producer", output::close);
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
