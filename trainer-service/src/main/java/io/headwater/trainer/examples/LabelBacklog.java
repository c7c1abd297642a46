package io.headwater.trainer.examples;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many labels have no image, in the partitions that this process works on. Counted from the stores again and again, never
 * added up: a restart or a replay counts nothing twice. Thread safe.
 */
public final class LabelBacklog {
    private final Map<Integer, Count> partitions = new ConcurrentHashMap<>();

    /**
     * Labels whose image has not come, or is gone.
     *
     * @param waiting those within the label window
     * @param late those given longer ago; an image that comes after all still makes them examples
     */
    public record Count(int waiting, int late) {
        Count plus(Count more) {
            return new Count(waiting + more.waiting, late + more.late);
        }
    }

    /** Of all partitions that this process works on. */
    public Count count() {
        return partitions.values().stream().reduce(new Count(0, 0), Count::plus);
    }

    void counted(int partition, Count count) {
        partitions.put(partition, count);
    }

    void left(int partition) {
        partitions.remove(partition);
    }
}
