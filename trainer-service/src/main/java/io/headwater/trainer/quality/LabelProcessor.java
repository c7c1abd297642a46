package io.headwater.trainer.quality;

import io.headwater.events.ImageLabelled;
import io.headwater.events.PredictionJudged;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Takes labels. */
final class LabelProcessor extends ContextualProcessor<String, ImageLabelled, String, PredictionJudged> {
    private final Duration window;
    private Pairs pairs;

    LabelProcessor(Duration window) {
        this.window = window;
    }

    @Override
    public void init(ProcessorContext<String, PredictionJudged> context) {
        super.init(context);
        pairs = new Pairs(context, window);
    }

    @Override
    public void process(Record<String, ImageLabelled> entry) {
        String id = entry.key();
        if (id == null) {
            // Of no image; the examples stream leaves it alone too.
            return;
        }
        if (entry.value() == null) {
            if (pairs.unlabelled(id)) {
                context().forward(entry.withValue((PredictionJudged) null));
            }
            return;
        }
        pairs.labelled(id, entry.value()).ifPresent(judged -> context().forward(entry.withValue(judged)));
    }
}
