package io.headwater.trainer.quality;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageLabelled;
import io.headwater.events.JudgedAnswer;
import io.headwater.events.PredictionJudged;
import io.headwater.events.ScoredLabel;
import io.headwater.events.StageTimings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What becomes of a prediction and a label of the same image: plain functions. */
final class Judging {
    private static final StageTimings NO_TIMINGS = new StageTimings(0L, 0L, 0L);

    private static final int MOST_EARLIER = 8;

    private Judging() {}

    /** Whether no more time than {@code window} lies between the two, whichever came first. */
    static boolean belongTogether(ImageClassified prediction, ImageLabelled label, Duration window) {
        return Duration.between(prediction.getClassifiedAt(), label.getLabelledAt())
                        .abs()
                        .compareTo(window)
                <= 0;
    }

    /** Whether a version answered: before there is one, a prediction says nothing that could be right or wrong. */
    static boolean isAnswered(ImageClassified prediction) {
        return prediction.getVersion() != null;
    }

    /** The label beside what each version had said; {@code prediction} must be answered. */
    static PredictionJudged judge(ImageClassified prediction, ImageLabelled label) {
        String truth = label.getLabel();
        List<JudgedAnswer> answers = new ArrayList<>();
        answers.add(new JudgedAnswer(
                prediction.getVersion(),
                prediction.getLabel(),
                prediction.getConfidence(),
                prediction.getLabel().equals(truth),
                probability(prediction, truth)));
        prediction.getShadows().forEach(shadow -> {
            if (shadow.getVersion() == prediction.getVersion()) {
                // Stable and canary are both shadows, so that each image has the answers of both. It has answered
                // above.
                return;
            }
            boolean right = shadow.getLabel().equals(truth);
            answers.add(new JudgedAnswer(
                    shadow.getVersion(),
                    shadow.getLabel(),
                    shadow.getConfidence(),
                    right,
                    right ? shadow.getConfidence() : null));
        });
        return new PredictionJudged(
                truth,
                label.getAnnotator(),
                label.getLabelledAt(),
                prediction.getClassifiedAt(),
                prediction.getGeneration(),
                prediction.getCanary(),
                answers,
                List.of());
    }

    /**
     * A judgement that replaces another one, and remembers it, and those that it had replaced. Of more than
     * {@value #MOST_EARLIER} the newest one goes of the annotator who gave most of them: nobody pushes out what others said.
     */
    static PredictionJudged corrected(PredictionJudged before, PredictionJudged now) {
        List<PredictionJudged> earlier = new ArrayList<>(before.getEarlier());
        earlier.add(PredictionJudged.newBuilder(before).setEarlier(List.of()).build());
        if (earlier.size() > MOST_EARLIER) {
            Map<String, Long> given = earlier.stream()
                    .collect(Collectors.groupingBy(PredictionJudged::getAnnotator, Collectors.counting()));
            long most = Collections.max(given.values());
            earlier.remove(IntStream.range(0, earlier.size())
                    .filter(i -> given.get(earlier.get(i).getAnnotator()) == most)
                    .max()
                    .orElseThrow());
        }
        return PredictionJudged.newBuilder(now).setEarlier(earlier).build();
    }

    /** What a prediction is kept as until its label comes. */
    static ImageClassified trimmed(ImageClassified prediction) {
        return ImageClassified.newBuilder(prediction).setTimings(NO_TIMINGS).build();
    }

    private static Float probability(ImageClassified prediction, String truth) {
        if (prediction.getLabel().equals(truth)) {
            return prediction.getConfidence();
        }
        return prediction.getTop().stream()
                .filter(scored -> scored.getLabel().equals(truth))
                .map(ScoredLabel::getProbability)
                .findFirst()
                .orElse(null);
    }
}
