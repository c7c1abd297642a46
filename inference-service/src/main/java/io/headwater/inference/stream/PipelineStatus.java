package io.headwater.inference.stream;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** How the pipeline is, for health. Written by the loop, read by anybody. */
public final class PipelineStatus {
    private volatile boolean member;
    private volatile List<Integer> partitions = List.of();
    private volatile long images;
    private volatile int inFlight;
    private volatile long behind;
    private volatile String trouble = "";

    void assigned(Collection<TopicPartition> now) {
        partitions = now.stream().map(TopicPartition::partition).sorted().toList();
        member = true;
        trouble = "";
    }

    void unassigned() {
        member = false;
        partitions = List.of();
        inFlight = 0;
        behind = 0;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void committed(int count) {
        images += count;
        trouble = "";
    }

    void inFlight(int now) {
        inFlight = now;
    }

    void behind(long now) {
        behind = now;
    }

    void failed(String reason) {
        trouble = reason;
    }

    /** Whether it is in the consumer group; it may have no partitions when there are more instances than partitions. */
    public boolean isMember() {
        return member;
    }

    /** How many partitions of {@code images} it reads. */
    public int partitions() {
        return partitions.size();
    }

    /** Which partitions of {@code images} it reads, ascending. */
    public List<Integer> assignment() {
        return partitions;
    }

    /** Whether images are on their way. */
    boolean isBusy() {
        return inFlight > 0;
    }

    /** Images that were read and have no committed result yet. */
    public int inFlight() {
        return inFlight;
    }

    /** Images of its partitions that have no committed result yet, those in flight included; as of a moment ago. */
    public long behind() {
        return behind;
    }

    /** Images committed since the start. */
    public long images() {
        return images;
    }

    /** Why the last life ended, as long as the next one has not got going. */
    public Optional<String> trouble() {
        return Optional.of(trouble).filter(text -> !text.isEmpty());
    }
}
