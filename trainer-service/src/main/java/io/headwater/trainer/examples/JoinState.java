package io.headwater.trainer.examples;

import io.headwater.artifacts.Sha256;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageLabelled;
import io.headwater.events.LabelledExample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What one partition knows: for each image its last label, its last embedding, and what was last said about it in
 * {@code examples}. Every change of it is in the transaction of the record that caused it.
 */
final class JoinState {
    private static final String LABELS = "labels";
    private static final String EMBEDDINGS = "embeddings";
    /** Labels without an embedding: when they were given. */
    private static final String WAITING = "waiting";
    /** Embeddings without a label: since when. */
    private static final String UNLABELLED = "unlabelled";
    /** The digest of the last example of an image, or {@link #GONE}. */
    private static final String SAID = "said";

    private static final byte[] GONE = {};
    /** An earlier application may have said something: equals nothing. */
    private static final byte[] UNSURE = {0};

    private final KeyValueStore<String, Stored<ImageLabelled>> labels;
    private final KeyValueStore<String, Stored<ImageEmbedded>> embeddings;
    private final KeyValueStore<String, Long> waiting;
    private final KeyValueStore<String, Long> unlabelled;
    private final KeyValueStore<String, byte[]> said;

    JoinState(ProcessingContext context) {
        labels = context.getStateStore(LABELS);
        embeddings = context.getStateStore(EMBEDDINGS);
        waiting = context.getStateStore(WAITING);
        unlabelled = context.getStateStore(UNLABELLED);
        said = context.getStateStore(SAID);
    }

    static List<StoreBuilder<?>> stores() {
        return List.of(
                store(LABELS, Stored.serde(ImageLabelled.class)),
                store(EMBEDDINGS, Stored.serde(ImageEmbedded.class)),
                store(WAITING, Serdes.Long()),
                store(UNLABELLED, Serdes.Long()),
                store(SAID, Serdes.ByteArray()));
    }

    /** Takes a label, or its being taken back; false if it has been read before and is not the last one. */
    boolean label(String id, Optional<ImageLabelled> event, JoinProcessor.Read read) {
        Stored<ImageLabelled> known = labels.get(id);
        if (known != null && known.supersedes(read.offset(), read.timestamp())) {
            return false;
        }
        labels.put(id, new Stored<>(event, read.offset(), read.timestamp()));
        if (event.isEmpty()) {
            said.putIfAbsent(id, UNSURE);
        }
        settle(id, read.now());
        return true;
    }

    /** Takes an embedding, or its being taken back; false if it has been read before and is not the last one. */
    boolean embed(String id, Optional<ImageEmbedded> event, JoinProcessor.Read read) {
        Stored<ImageEmbedded> known = embeddings.get(id);
        if (known != null && known.supersedes(read.offset(), read.timestamp())) {
            return false;
        }
        if (event.isEmpty()) {
            delete(embeddings, id);
        } else {
            embeddings.put(id, new Stored<>(event, read.offset(), read.timestamp()));
        }
        settle(
                id,
                event.map(embedded -> embedded.getEmbeddedAt().toEpochMilli()).orElse(read.now()));
        return true;
    }

    /**
     * Takes over what an earlier application made, whose stores nobody has any more: its embedding, if none is known. What
     * this one has said itself is no news to it. False if nothing may follow from it: an example is not taken back because
     * its label has not been read yet.
     */
    boolean adopt(String id, LabelledExample example, JoinProcessor.Read read) {
        if (said.get(id) != null) {
            return false;
        }
        said.put(id, digest(example));
        if (embeddings.get(id) == null) {
            ImageEmbedded embedded =
                    new ImageEmbedded(example.getBackbone(), example.getVector(), Instant.ofEpochMilli(read.now()));
            embeddings.put(id, new Stored<>(Optional.of(embedded), example.getEmbeddingOffset(), 0));
            settle(id, read.now());
        }
        return labels.get(id) != null;
    }

    /** Notes what an image lacks, and since when it has an embedding without a label. */
    private void settle(String id, long unlabelledSince) {
        Optional<ImageLabelled> label = label(id);
        boolean embedded = embeddings.get(id) != null;
        if (label.isPresent() && !embedded) {
            waiting.put(id, label.get().getLabelledAt().toEpochMilli());
        } else {
            delete(waiting, id);
        }
        if (embedded && label.isEmpty()) {
            unlabelled.put(id, unlabelledSince);
        } else {
            delete(unlabelled, id);
        }
    }

    private Optional<ImageLabelled> label(String id) {
        return Optional.ofNullable(labels.get(id)).flatMap(Stored::event);
    }

    /** The example of an image, if its label and its embedding are known. */
    Optional<LabelledExample> example(String id) {
        return label(id).flatMap(label -> Optional.ofNullable(embeddings.get(id))
                .map(embedded -> example(id, label, embedded)));
    }

    private LabelledExample example(String id, ImageLabelled label, Stored<ImageEmbedded> embedded) {
        ImageEmbedded event = embedded.event().orElseThrow();
        return new LabelledExample(
                label.getLabel(),
                label.getLabelledAt(),
                event.getBackbone(),
                event.getVector(),
                HoldoutSplit.of(id),
                labels.get(id).offset(),
                embedded.offset());
    }

    /**
     * Whether this has not been said yet; afterwards it has. A picture that is sent again is embedded again, and would
     * otherwise count as a new label.
     */
    boolean isNews(String id, Optional<LabelledExample> example) {
        byte[] before = said.get(id);
        byte[] now = example.map(JoinState::digest).orElse(GONE);
        if (Arrays.equals(before == null ? GONE : before, now)) {
            return false;
        }
        said.put(id, now);
        return true;
    }

    /** Forgets embeddings that have had no label since before this time, and returns how many. */
    int dropUnlabelled(long before) {
        int dropped = 0;
        try (KeyValueIterator<String, Long> all = unlabelled.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                if (entry.value < before) {
                    delete(embeddings, entry.key);
                    delete(unlabelled, entry.key);
                    dropped++;
                }
            }
        }
        return dropped;
    }

    /** Labels without an embedding; those given before this time are late. */
    LabelBacklog.Count backlog(long before) {
        int count = 0;
        int late = 0;
        try (KeyValueIterator<String, Long> all = waiting.all()) {
            while (all.hasNext()) {
                count++;
                late += all.next().value < before ? 1 : 0;
            }
        }
        return new LabelBacklog.Count(count - late, late);
    }

    private static byte[] digest(LabelledExample example) {
        MessageDigest digest = Sha256.digest();
        digest.update(example.getLabel().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(example.getVector().duplicate());
        return digest.digest();
    }

    /** A tombstone in the changelog only where there is something to delete. */
    private static <V> void delete(KeyValueStore<String, V> store, String id) {
        if (store.get(id) != null) {
            store.delete(id);
        }
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }
}
