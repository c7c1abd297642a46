package io.headwater.inference.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Numbers about the images: {@code headwater.inference.images}, {@code .stage}, {@code .batch}, {@code .restarts}. */
public final class InferenceMetrics {
    private final MeterRegistry registry;
    private final Counter classified;
    private final Counter embedded;
    private final Counter rejected;
    private final Counter repeated;
    private final Counter restarts;
    private final Timer decode;
    private final Timer embed;
    private final Timer score;
    private final Timer commit;
    private final DistributionSummary batch;

    /** Registers them. */
    public InferenceMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.classified = images(registry, "classified");
        this.embedded = images(registry, "embedded");
        this.rejected = images(registry, "rejected");
        this.repeated = images(registry, "repeated");
        this.decode = stage(registry, "decode");
        this.embed = stage(registry, "embed");
        this.score = stage(registry, "score");
        this.commit = stage(registry, "commit");
        this.restarts = Counter.builder("headwater.inference.restarts")
                .description("Transactions given up, and Kafka clients made anew")
                .register(registry);
        this.batch = DistributionSummary.builder("headwater.inference.batch")
                .description("Images per commit")
                .register(registry);
    }

    private static Counter images(MeterRegistry registry, String outcome) {
        return Counter.builder("headwater.inference.images")
                .description("Committed images, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Timer stage(MeterRegistry registry, String stage) {
        return Timer.builder("headwater.inference.stage")
                .description("Time of one image in a stage (commit: of one commit)")
                .tag("stage", stage)
                .register(registry);
    }

    /** Registers Kafka's own metrics of these two clients, and gives back what takes them away again. */
    Runnable watch(Consumer<?, ?> consumer, Producer<?, ?> producer) {
        KafkaClientMetrics reading = new KafkaClientMetrics(consumer);
        KafkaClientMetrics writing = new KafkaClientMetrics(producer);
        reading.bindTo(registry);
        writing.bindTo(registry);
        return () -> {
            reading.close();
            writing.close();
        };
    }

    void stages(long decodeNanos, long embedNanos, long scoreNanos) {
        decode.record(decodeNanos, TimeUnit.NANOSECONDS);
        embed.record(embedNanos, TimeUnit.NANOSECONDS);
        score.record(scoreNanos, TimeUnit.NANOSECONDS);
    }

    void committed(Uncommitted all, long nanos) {
        commit.record(nanos, TimeUnit.NANOSECONDS);
        batch.record(all.images());
        classified.increment(all.classified());
        embedded.increment(all.embedded());
        rejected.increment(all.rejected());
        repeated.increment(all.repeated());
    }

    void restarted() {
        restarts.increment();
    }
}
