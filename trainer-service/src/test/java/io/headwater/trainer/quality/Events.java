package io.headwater.trainer.quality;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageLabelled;
import io.headwater.events.JudgedAnswer;
import io.headwater.events.PredictionJudged;
import io.headwater.events.ScoredLabel;
import io.headwater.events.ShadowAnswer;
import io.headwater.events.StageTimings;
import java.time.Instant;
import java.util.List;

/** Events of these tests. */
final class Events {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Events() {}

    static ImageClassified prediction(Long version, String label, Instant at, ShadowAnswer... shadows) {
        return new ImageClassified(
                3L,
                version,
                label,
                label == null ? 0f : 0.7f,
                label == null ? List.of() : List.of(new ScoredLabel(label, 0.7f), new ScoredLabel("owl", 0.2f)),
                false,
                List.of(shadows),
                new StageTimings(1L, 2L, 3L),
                at,
                at);
    }

    static ImageLabelled label(String label, Instant at) {
        return new ImageLabelled(label, "test", at);
    }

    static JudgedAnswer answer(long version, String label, String truth) {
        boolean right = label.equals(truth);
        return new JudgedAnswer(version, label, 0.75f, right, right ? 0.75f : null);
    }

    /** A judgement at a time, of one served version and a shadow of the next number. */
    static PredictionJudged judged(String truth, long version, String served, String shadow, Instant at) {
        return new PredictionJudged(
                truth,
                "test",
                at.plusSeconds(1),
                at,
                1L,
                false,
                List.of(answer(version, served, truth), answer(version + 1, shadow, truth)),
                List.of());
    }
}
