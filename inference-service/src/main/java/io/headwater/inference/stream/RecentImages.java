package io.headwater.inference.stream;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The ids of the images that have a prediction already, for each partition the last {@code capacity} of them: whoever got no
 * answer sends again, and that must not be answered twice. One thread uses it, in the order of the partitions' offsets.
 *
 * <p>A repetition is known as long as no more than {@code capacity} other images of its partition came in between.
 */
final class RecentImages {
    private final int capacity;
    private final Map<Integer, LinkedHashSet<ByteBuffer>> ids = new HashMap<>();

    RecentImages(int capacity) {
        this.capacity = capacity;
    }

    /** Whether the image of this record has a prediction. A record without key is no image that could be known. */
    boolean contains(ConsumerRecord<byte[], byte[]> entry) {
        return entry.key() != null && of(entry.partition()).contains(ByteBuffer.wrap(entry.key()));
    }

    /**
     * The image of this record has a prediction now. The eldest is forgotten for it.
     *
     * @param entry with a key, of {@code images} or {@code predictions}: the partition number is the same
     * @return false if it had one
     */
    boolean add(ConsumerRecord<byte[], byte[]> entry) {
        LinkedHashSet<ByteBuffer> known = of(entry.partition());
        boolean added = known.add(ByteBuffer.wrap(entry.key()));
        if (known.size() > capacity) {
            known.remove(known.iterator().next());
        }
        return added;
    }

    /** Another instance goes on with this partition, and what is known here grows stale. */
    void forget(int partition) {
        ids.remove(partition);
    }

    private LinkedHashSet<ByteBuffer> of(int partition) {
        return ids.computeIfAbsent(partition, ignored -> new LinkedHashSet<>());
    }
}
