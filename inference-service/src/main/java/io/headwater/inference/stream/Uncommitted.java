package io.headwater.inference.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What was sent since the last commit. One thread uses it. */
final class Uncommitted {
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private int images;
    private int classified;
    private int embedded;
    private int rejected;
    private int repeated;
    private long since;

    /**
     * Adds a batch whose outcomes were sent.
     *
     * @param next of each of its partitions: what to commit with it
     */
    void add(Batch batch, Map<TopicPartition, OffsetAndMetadata> next) {
        if (images == 0) {
            since = System.nanoTime();
        }
        images += batch.size();
        offsets.putAll(next);
        for (int i = 0; i < batch.size(); i++) {
            count(batch.outcome(i));
        }
    }

    private void count(Outcome outcome) {
        if (outcome instanceof Outcome.Classified known) {
            if (known.answered()) {
                classified++;
            } else {
                embedded++;
            }
        } else if (outcome instanceof Outcome.Repeated) {
            repeated++;
        } else {
            rejected++;
        }
    }

    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return offsets;
    }

    int images() {
        return images;
    }

    int classified() {
        return classified;
    }

    int embedded() {
        return embedded;
    }

    int rejected() {
        return rejected;
    }

    int repeated() {
        return repeated;
    }

    /** Of the first batch, nanoseconds; 0 when there is nothing. */
    long age() {
        return images == 0 ? 0 : System.nanoTime() - since;
    }
}
