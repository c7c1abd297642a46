package io.headwater.trainer.examples;

import io.headwater.events.LabelledExample;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Changes what is known of an image as a record says, and passes its example on if that is another one now.
 *
 * @param <V> type of the records
 */
final class JoinProcessor<V> extends ContextualProcessor<String, V, String, LabelledExample> {
    private final Change<V> change;
    private JoinState state;

    /** What a record changes. */
    @FunctionalInterface
    interface Change<V> {
        /** Whether the example may be another one now; the event is empty when it is taken back. */
        boolean apply(JoinState state, String id, Optional<V> event, Read read);
    }

    /**
     * Where and when a record was read.
     *
     * @param offset where it stood
     * @param timestamp its own time, milliseconds since the epoch
     * @param now the time, milliseconds since the epoch
     */
    record Read(long offset, long timestamp, long now) {}

    JoinProcessor(Change<V> change) {
        this.change = change;
    }

    @Override
    public void init(ProcessorContext<String, LabelledExample> context) {
        super.init(context);
        state = new JoinState(context);
    }

    @Override
    public void process(Record<String, V> entry) {
        String id = entry.key();
        Read read = new Read(
                context().recordMetadata().orElseThrow().offset(),
                entry.timestamp(),
                context().currentSystemTimeMs());
        if (id == null || !change.apply(state, id, Optional.ofNullable(entry.value()), read)) {
            return;
        }
        Optional<LabelledExample> example = state.example(id);
        if (state.isNews(id, example)) {
            // The time of an example is when it became one: how long a label has waited is measured from there.
            context().forward(new Record<>(id, example.orElse(null), read.now()));
        }
    }
}
