package io.headwater.trainer.precision;

import ai.onnxruntime.OrtException;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.QuantisedBackbone;
import io.headwater.trainer.precision.RecentImages.Recent;
import io.headwater.trainer.training.Hyperparameters;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Makes an int8 backbone with the newest images, measures it on this machine and these labels, and offers it if it is worth it. */
public final class Int8Offer {
    private static final Logger LOG = Logger.getLogger(Int8Offer.class);
    /** Where labels are rare, so many times as many images as are wanted are looked through. */
    private static final int LOOK_THROUGH = 10;

    private final PrecisionSettings settings;
    private final RecentImages images;
    private final Supplier<Map<String, String>> labels;
    private final Hyperparameters hyperparameters;
    private final PrecisionChoice choice;
    private final Clock clock;

    /**
     * @param labels of images, by id
     * @param hyperparameters of the heads that are compared
     * @param choice is told what comes of it
     */
    public Int8Offer(
            PrecisionSettings settings,
            RecentImages images,
            Supplier<Map<String, String>> labels,
            Hyperparameters hyperparameters,
            PrecisionChoice choice,
            Clock clock) {
        this.settings = settings;
        this.images = images;
        this.labels = labels;
        this.hyperparameters = hyperparameters;
        this.choice = choice;
        this.clock = clock;
    }

    /**
     * Tries it. Takes some seconds of one core.
     *
     * @param fp32 the backbone that it is made of
     * @throws RuntimeException if Kafka can't be reached or the backbone can't be quantised
     */
    public Int8Answer of(BackboneFile fp32) {
        Map<String, String> known = labels.get();
        if (known.size() < PrecisionSettings.FEWEST_LABELLED_IMAGES) {
            return tooEarly(known.size(), "labelled images", PrecisionSettings.FEWEST_LABELLED_IMAGES);
        }
        int size = fp32.inputSize();
        List<ByteBuffer> pictures =
                images.newest(2 * settings.calibrationImages(), settings.calibrationImages(), size, id -> true).stream()
                        .map(Recent::pixels)
                        .toList();
        if (pictures.size() < PrecisionSettings.FEWEST_CALIBRATION_IMAGES) {
            return tooEarly(pictures.size(), "images in the topic", PrecisionSettings.FEWEST_CALIBRATION_IMAGES);
        }
        List<Recent> labelled = images.newest(
                LOOK_THROUGH * settings.labelledImages(), settings.labelledImages(), size, known::containsKey);
        Set<String> classes = labelled.stream().map(one -> known.get(one.id())).collect(Collectors.toSet());
        if (labelled.size() < PrecisionSettings.FEWEST_LABELLED_IMAGES || classes.size() < 2) {
            return tooEarly(
                    labelled.size(),
                    "labelled images of " + classes.size() + " classes in the topic",
                    PrecisionSettings.FEWEST_LABELLED_IMAGES);
        }
        BackboneFile int8 = QuantisedBackbone.of(fp32, pictures);
        return judge(fp32, int8, pictures.size(), measures(fp32, int8, pictures, labelled, known));
    }

    private Int8Measures measures(
            BackboneFile fp32,
            BackboneFile int8,
            List<ByteBuffer> pictures,
            List<Recent> labelled,
            Map<String, String> known) {
        try {
            return new Comparison(fp32, int8, hyperparameters).measure(pictures, labelled, known);
        } catch (OrtException e) {
            throw new IllegalStateException("the int8 backbone can't be measured: " + e.getMessage(), e);
        }
    }

    private Int8Answer judge(BackboneFile fp32, BackboneFile int8, int pictures, Int8Measures measures) {
        LOG.infof(
                "int8 backbone measured source=%s id=%s calibrationImages=%d fp32ImagesPerSecond=%.1f"
                        + " int8ImagesPerSecond=%.1f labelledImages=%d fp32Accuracy=%.4f int8Accuracy=%.4f lower=%+.4f"
                        + " upper=%+.4f",
                fp32.id(),
                int8.id(),
                pictures,
                measures.fp32ImagesPerSecond(),
                measures.int8ImagesPerSecond(),
                measures.labelledImages(),
                measures.fp32Accuracy(),
                measures.int8Accuracy(),
                measures.lower(),
                measures.upper());
        Int8Answer answer = measures.objection(settings)
                .<Int8Answer>map(objection -> new Int8Answer.Refused(
                        "Images are still embedded with float32: " + objection + ". " + measures.text()))
                .orElseGet(() -> new Int8Answer.Offered(int8, measures.text()));
        choice.measured(fp32, int8, pictures, measures, answer, clock.instant());
        return answer;
    }

    private Int8Answer tooEarly(int have, String what, int need) {
        Int8Answer answer =
                new Int8Answer.TooEarly("headwater.backbone.precision is int8, but there are only " + have + " "
                        + what + ", and it takes " + need
                        + (what.contains("classes") ? " of two classes" : "")
                        + " to make and to measure it: images are embedded with float32 until then.");
        choice.waiting(answer);
        return answer;
    }
}
