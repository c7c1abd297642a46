package io.headwater.trainer.examples;

import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageLabelled;
import io.headwater.events.LabelledExample;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Joins {@code labels} with the {@code embeddings} of one backbone into {@code examples}; either may come first. A label
 * that is taken back takes the example back, a changed one replaces it.
 *
 * <p>Both tables have changelogs of their own: topology optimisation would restore the stores from the topics themselves,
 * past the deserialisers and so past the check for garbage.
 */
public final class ExamplesTopology {
    private ExamplesTopology() {}

    /**
     * The topology.
     *
     * @param topics where to read and write
     * @param format of the events
     * @param backbone id of the backbone whose embeddings count
     * @param dimension width of its embeddings
     */
    public static Topology of(Topics topics, EventFormat format, String backbone, int dimension) {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<String> keys = Serdes.String();
        Serde<ImageLabelled> labelEvents = Serdes.serdeFrom(
                format.serializer(ImageLabelled.class), CheckedEvents.labels(format.deserializer(ImageLabelled.class)));
        Serde<ImageEmbedded> embeddingEvents = Serdes.serdeFrom(
                format.serializer(ImageEmbedded.class),
                CheckedEvents.embeddings(format.deserializer(ImageEmbedded.class), backbone, dimension));

        KTable<String, ImageLabelled> labels =
                builder.table(topics.labels().name(), Consumed.with(keys, labelEvents), Materialized.as("labels"));
        // As a stream first: an embedding of another backbone is passed over, where a filtered table would delete.
        KTable<String, ImageEmbedded> embeddings = builder.stream(
                        topics.embeddings().name(), Consumed.with(keys, embeddingEvents))
                .filter((id, event) -> event == null || event.getBackbone().equals(backbone))
                .toTable(
                        Named.as("embeddings-table"),
                        Materialized.<String, ImageEmbedded>as(Stores.persistentKeyValueStore("embeddings"))
                                .withKeySerde(keys)
                                .withValueSerde(embeddingEvents));

        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(OnlyNews.STORE), keys, Serdes.ByteArray()));
        labels.join(embeddings, Joined::new)
                .toStream()
                .mapValues((id, joined) -> joined == null ? null : joined.toExample(id))
                .processValues(OnlyNews::new, OnlyNews.STORE)
                .to(topics.examples().name(), Produced.with(keys, format.serde(LabelledExample.class)));
        return builder.build();
    }

    private record Joined(ImageLabelled label, ImageEmbedded embedded) {
        LabelledExample toExample(String id) {
            return new LabelledExample(
                    label.getLabel(),
                    label.getLabelledAt(),
                    embedded.getBackbone(),
                    embedded.getVector(),
                    HoldoutSplit.of(id),
                    -1L,
                    -1L);
        }
    }
}
