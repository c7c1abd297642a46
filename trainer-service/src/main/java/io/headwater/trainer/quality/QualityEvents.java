package io.headwater.trainer.quality;

import io.headwater.events.AnswerQuality;
import io.headwater.events.ConfusedAnswers;
import io.headwater.events.QualityMeasured;
import io.headwater.events.WindowQuality;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Live quality as an event. */
final class QualityEvents {
    private QualityEvents() {}

    /** All of it. */
    static QualityMeasured of(VersionQuality quality) {
        return of(quality, QualityEvents::whole);
    }

    /** Without what makes it large when there are many classes: the windows have no recall and no confusion. */
    static QualityMeasured brief(VersionQuality quality) {
        return of(quality, QualityEvents::counts);
    }

    private static QualityMeasured of(VersionQuality quality, Function<Figures, AnswerQuality> inWindow) {
        return new QualityMeasured(
                quality.version(),
                whole(quality.served()),
                whole(quality.shadow()),
                whole(quality.sample().served()),
                whole(quality.sample().shadow()),
                quality.windows().stream()
                        .map(window -> new WindowQuality(
                                window.from(),
                                inWindow.apply(window.served()),
                                inWindow.apply(window.shadow()),
                                inWindow.apply(window.sample().served()),
                                inWindow.apply(window.sample().shadow())))
                        .toList());
    }

    private static AnswerQuality whole(Figures figures) {
        // Sorted, so that the same figures are the same bytes.
        Map<String, Double> recall = new TreeMap<>();
        figures.classes()
                .forEach((label, known) -> recall.put(label, known.recall().value()));
        return AnswerQuality.newBuilder(counts(figures))
                .setRecall(recall)
                .setConfusion(figures.confusion().stream()
                        .map(cell -> new ConfusedAnswers(cell.truth(), cell.answer(), cell.images()))
                        .toList())
                .build();
    }

    private static AnswerQuality counts(Figures figures) {
        return new AnswerQuality(
                figures.images(),
                figures.right(),
                figures.accuracy().value(),
                figures.logLoss().told(),
                figures.logLoss().toldImages(),
                figures.logLoss().atLeast(),
                Map.of(),
                List.of());
    }
}
