package io.headwater.trainer.quality;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageLabelled;
import io.headwater.events.PredictionJudged;
import io.headwater.serde.EventFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The predictions and the labels of one partition that wait for each other, or have met. An image that has both is
 * judged; it stays as long as it is labelled. What has waited longer than the window is dropped.
 */
final class Pairs {
    static final String PREDICTIONS = "predictions";
    static final String LABELS = "labels";
    /** The judgements of images whose label was replaced, with the earlier ones. */
    static final String CORRECTED = "corrected";

    private final KeyValueStore<String, ImageClassified> predictions;
    private final KeyValueStore<String, ImageLabelled> labels;
    private final KeyValueStore<String, PredictionJudged> corrected;
    private final Duration window;

    Pairs(ProcessorContext<?, ?> context, Duration window) {
        predictions = context.getStateStore(PREDICTIONS);
        labels = context.getStateStore(LABELS);
        corrected = context.getStateStore(CORRECTED);
        this.window = window;
    }

    static StoreBuilder<?> predictionStore(EventFormat format) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(PREDICTIONS), Serdes.String(), format.serde(ImageClassified.class));
    }

    static StoreBuilder<?> labelStore(EventFormat format) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(LABELS), Serdes.String(), format.serde(ImageLabelled.class));
    }

    static StoreBuilder<?> correctedStore(EventFormat format) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(CORRECTED), Serdes.String(), format.serde(PredictionJudged.class));
    }

    /** The first prediction of an image counts, a later one changes nothing. */
    Optional<PredictionJudged> predicted(String id, ImageClassified prediction) {
        if (predictions.get(id) != null) {
            return Optional.empty();
        }
        predictions.put(id, Judging.trimmed(prediction));
        ImageLabelled label = labels.get(id);
        if (label == null) {
            return Optional.empty();
        }
        if (!Judging.belongTogether(prediction, label, window)) {
            labels.delete(id);
            return Optional.empty();
        }
        return judge(prediction, label);
    }

    /** The last label counts; the window limits the first one only: a correction is welcome whenever it comes. */
    Optional<PredictionJudged> labelled(String id, ImageLabelled label) {
        ImageClassified prediction = predictions.get(id);
        ImageLabelled known = labels.get(id);
        if (label.equals(known)
                || (prediction != null && known == null && !Judging.belongTogether(prediction, label, window))) {
            return Optional.empty();
        }
        labels.put(id, label);
        return prediction == null
                ? Optional.empty()
                : judge(prediction, label).map(now -> known == null ? now : correct(id, prediction, known, now));
    }

    private PredictionJudged correct(String id, ImageClassified prediction, ImageLabelled known, PredictionJudged now) {
        PredictionJudged before =
                Optional.ofNullable(corrected.get(id)).orElseGet(() -> Judging.judge(prediction, known));
        PredictionJudged correction = Judging.corrected(before, now);
        corrected.put(id, correction);
        return correction;
    }

    /** Takes a label back; whether there was a judgement that goes with it. */
    boolean unlabelled(String id) {
        corrected.delete(id);
        ImageClassified prediction = predictions.get(id);
        return labels.delete(id) != null && prediction != null && Judging.isAnswered(prediction);
    }

    /** Drops what has waited longer than the window for the other half. */
    void expire(Instant now) {
        Instant oldest = now.minus(window);
        try (KeyValueIterator<String, ImageClassified> all = predictions.all()) {
            while (all.hasNext()) {
                KeyValue<String, ImageClassified> next = all.next();
                if (next.value.getClassifiedAt().isBefore(oldest) && labels.get(next.key) == null) {
                    predictions.delete(next.key);
                }
            }
        }
        try (KeyValueIterator<String, ImageLabelled> all = labels.all()) {
            while (all.hasNext()) {
                KeyValue<String, ImageLabelled> next = all.next();
                if (next.value.getLabelledAt().isBefore(oldest) && predictions.get(next.key) == null) {
                    labels.delete(next.key);
                }
            }
        }
    }

    private static Optional<PredictionJudged> judge(ImageClassified prediction, ImageLabelled label) {
        return Judging.isAnswered(prediction) ? Optional.of(Judging.judge(prediction, label)) : Optional.empty();
    }
}
