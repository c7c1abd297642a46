package io.headwater.trainer.stream;

import io.headwater.topics.TopicSpec;
import io.headwater.topics.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/** What the streams tell: Kafka's own metrics, and the dead letters that they write. */
public final class StreamMeters {
    private final MeterRegistry registry;

    /** Tells it to a registry. */
    public StreamMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Begins to count the dead letters of all topics that streams read, each from zero. */
    public void countFrom(Topics topics) {
        List.of(topics.labels(), topics.embeddings(), topics.predictions()).stream()
                .map(topics::deadLetters)
                .map(TopicSpec::name)
                .forEach(this::deadLetters);
    }

    /** Dead letters that were written to a topic. */
    Counter deadLetters(String topic) {
        return Counter.builder("headwater.dead.letters")
                .description("Records that could not be processed and were put aside")
                .tag("topic", topic)
                .register(registry);
    }

    /** Registers Kafka's own metrics of a stream, and gives back what takes them away again. */
    Runnable watch(KafkaStreams streams) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        return metrics::close;
    }
}
