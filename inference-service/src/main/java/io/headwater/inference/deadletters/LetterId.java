package io.headwater.inference.deadletters;

import java.util.Comparator;

/**
 * Where a dead letter is in its topic.
 *
 * @param partition of the dead-letter topic
 * @param offset there
 */
record LetterId(int partition, long offset) implements Comparable<LetterId> {
    private static final Comparator<LetterId> ORDER =
            Comparator.comparingInt(LetterId::partition).thenComparingLong(LetterId::offset);

    @Override
    public int compareTo(LetterId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return partition + "/" + offset;
    }
}
