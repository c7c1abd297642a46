package io.headwater.trainer.quality;

import io.headwater.events.ImageClassified;
import io.headwater.events.PredictionJudged;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Takes predictions, and drops what has waited too long. */
final class PredictionProcessor extends ContextualProcessor<String, ImageClassified, String, PredictionJudged> {
    /** So often in a window is looked for what is older than it. */
    private static final int LOOKS = 100;

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    private final Duration window;
    private Pairs pairs;

    PredictionProcessor(Duration window) {
        this.window = window;
    }

    @Override
    public void init(ProcessorContext<String, PredictionJudged> context) {
        super.init(context);
        pairs = new Pairs(context, window);
        Duration interval = window.dividedBy(LOOKS);
        // By the time of the records, not of the wall: after a long rest nothing is dropped that the backlog still
        // needs.
        context.schedule(
                interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval,
                PunctuationType.STREAM_TIME,
                now -> pairs.expire(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, ImageClassified> entry) {
        if (entry.value() != null) {
            pairs.predicted(entry.key(), entry.value())
                    .ifPresent(judged -> context().forward(entry.withValue(judged)));
        }
    }
}
