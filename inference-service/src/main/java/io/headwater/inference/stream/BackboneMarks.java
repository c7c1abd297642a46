package io.headwater.inference.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The {@link BackboneMark} of each partition that an instance has. One thread uses it. */
final class BackboneMarks {
    private final Map<TopicPartition, BackboneMark> marks = new HashMap<>();

    /** Takes over what was committed last, by whomever. */
    void read(Map<TopicPartition, OffsetAndMetadata> committed) {
        committed.forEach((partition, offset) -> {
            marks.remove(partition);
            if (offset != null) {
                BackboneMark.parse(offset.metadata()).ifPresent(mark -> marks.put(partition, mark));
            }
        });
    }

    /** The offsets of a batch, each with its mark. Batches come in the order in which they are committed. */
    Map<TopicPartition, OffsetAndMetadata> mark(Batch batch) {
        Map<TopicPartition, OffsetAndMetadata> marked = new HashMap<>();
        batch.offsets().forEach((partition, next) -> {
            BackboneMark mark = marks.get(partition);
            if (mark == null || mark.change() != batch.change()) {
                mark = new BackboneMark(batch.change(), batch.firstOffset(partition));
                marks.put(partition, mark);
            }
            marked.put(partition, new OffsetAndMetadata(next.offset(), next.leaderEpoch(), mark.toMetadata()));
        });
        return marked;
    }
}
