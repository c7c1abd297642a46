package io.headwater.trainer.examples;

import io.headwater.events.ImageLabelled;
import io.headwater.events.LabelledExample;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/**
 * Counts the labels that have no image every few seconds, and drops the embeddings that got no label within the window. It has
 * nothing to do with the records, but Kafka Streams runs such things beside a processor only.
 */
final class Housekeeping extends ContextualProcessor<String, ImageLabelled, String, LabelledExample> {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(5);
    private static final Duration DROP_EVERY_AT_MOST = Duration.ofHours(1);

    private final Duration window;
    private final LabelBacklog backlog;

    Housekeeping(Duration window, LabelBacklog backlog) {
        this.window = window;
        this.backlog = backlog;
    }

    @Override
    public void init(ProcessorContext<String, LabelledExample> context) {
        super.init(context);
        JoinState state = new JoinState(context);
        int partition = context.taskId().partition();
        Runnable count = () -> backlog.counted(partition, state.backlog(windowStart()));
        count.run();
        context.schedule(COUNT_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> count.run());
        context.schedule(dropEvery(), PunctuationType.WALL_CLOCK_TIME, now -> {
            int dropped = state.dropUnlabelled(windowStart());
            if (dropped > 0) {
                LOG.infof(
                        "embeddings without a label dropped partition=%d count=%d window=%s",
                        partition, dropped, window);
            }
        });
    }

    @Override
    public void process(Record<String, ImageLabelled> entry) {
        // Nothing: see above.
    }

    @Override
    public void close() {
        backlog.left(context().taskId().partition());
    }

    private Duration dropEvery() {
        Duration hundredth = window.dividedBy(100);
        Duration longest = hundredth.compareTo(DROP_EVERY_AT_MOST) < 0 ? hundredth : DROP_EVERY_AT_MOST;
        return longest.compareTo(COUNT_EVERY) < 0 ? COUNT_EVERY : longest;
    }

    private long windowStart() {
        return context().currentSystemTimeMs() - window.toMillis();
    }
}
