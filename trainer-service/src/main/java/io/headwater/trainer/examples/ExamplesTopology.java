package io.headwater.trainer.examples;

import io.headwater.events.Backbone;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageLabelled;
import io.headwater.events.LabelledExample;
import io.headwater.serde.EmbeddingVector;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Joins {@code labels} with the {@code embeddings} of one backbone into its {@code examples}; either may come first. A label
 * that is taken back takes the example back, a changed one replaces it. Only what differs from what was said last is written.
 *
 * <p>It also reads {@code examples}: after a change of the stores' format (another application id), images whose embedding
 * is no longer in {@code embeddings} have it from there, so that a label can still be changed. What is already there is read
 * before anything else. An example is only ever taken back by a label or an embedding that is, not because something is
 * unknown.
 *
 * <p>The stores have changelogs of their own: topology optimisation would restore them from the topics themselves, past the
 * deserialisers and so past the check for garbage.
 */
final class ExamplesTopology {
    private static final String LABELS = "labels-source";
    private static final String EMBEDDINGS = "embeddings-source";
    private static final String EXAMPLES = "examples-source";
    private static final String JOIN = "join-";
    private static final String HOUSEKEEPING = "housekeeping";

    private final Topics topics;
    private final EventFormat format;
    private final Backbone backbone;
    private final Duration window;
    private final LabelBacklog backlog;

    /**
     * @param topics where to read and write
     * @param format of the events
     * @param backbone whose embeddings count
     * @param window how long an embedding is kept without a label, and after what time a label without an image is late
     * @param backlog learns how many labels wait
     */
    ExamplesTopology(Topics topics, EventFormat format, Backbone backbone, Duration window, LabelBacklog backlog) {
        this.topics = topics;
        this.format = format;
        this.backbone = backbone;
        this.window = window;
        this.backlog = backlog;
    }

    Topology build() {
        String examples = topics.examples(backbone.getChange()).name();
        Topology topology = new Topology();
        source(
                topology,
                LABELS,
                new UsePartitionTimeOnInvalidTimestamp(),
                CheckedEvents.labels(format.deserializer(ImageLabelled.class)),
                topics.labels().name());
        source(
                topology,
                EMBEDDINGS,
                new UsePartitionTimeOnInvalidTimestamp(),
                CheckedEvents.embeddings(
                        format.deserializer(ImageEmbedded.class), backbone.getId(), backbone.getDimension()),
                topics.embeddings().name());
        // Of what has come, Kafka Streams takes the oldest first, by these times.
        source(topology, EXAMPLES, (entry, before) -> 0, format.deserializer(LabelledExample.class), examples);

        topology.addProcessor(JOIN + LABELS, () -> new JoinProcessor<>(JoinState::label), LABELS);
        topology.addProcessor(JOIN + EMBEDDINGS, () -> new JoinProcessor<>(this::embedding), EMBEDDINGS);
        topology.addProcessor(JOIN + EXAMPLES, () -> new JoinProcessor<>(this::adoption), EXAMPLES);
        topology.addProcessor(HOUSEKEEPING, () -> new Housekeeping(window, backlog), LABELS);
        for (StoreBuilder<?> store : JoinState.stores()) {
            topology.addStateStore(store, JOIN + LABELS, JOIN + EMBEDDINGS, JOIN + EXAMPLES, HOUSEKEEPING);
        }
        return topology.addSink(
                "examples-sink",
                examples,
                new StringSerializer(),
                format.serializer(LabelledExample.class),
                JOIN + LABELS,
                JOIN + EMBEDDINGS,
                JOIN + EXAMPLES);
    }

    private boolean embedding(JoinState state, String id, Optional<ImageEmbedded> event, JoinProcessor.Read read) {
        boolean foreign = event.filter(embedded -> !embedded.getBackbone().equals(backbone.getId()))
                .isPresent();
        return !foreign && state.embed(id, event, read);
    }

    private boolean adoption(JoinState state, String id, Optional<LabelledExample> event, JoinProcessor.Read read) {
        return event.filter(example -> example.getBackbone().equals(backbone.getId()))
                .filter(example -> EmbeddingVector.dimension(example.getVector()) == backbone.getDimension())
                .map(example -> state.adopt(id, example, read))
                .orElse(false);
    }

    private static <V> void source(
            Topology topology, String name, TimestampExtractor times, Deserializer<V> events, String topic) {
        topology.addSource(AutoOffsetReset.earliest(), name, times, new StringDeserializer(), events, topic);
    }
}
