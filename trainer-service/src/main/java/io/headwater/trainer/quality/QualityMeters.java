package io.headwater.trainer.quality;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** Metrics of live quality, and of how the stable version stands to its promise. */
@Singleton
@Startup
class QualityMeters {
    QualityMeters(MeterRegistry meters, LiveQuality live, QualityWatch watch) {
        Gauge.builder("headwater.quality.images", live, LiveQuality::size)
                .description("Labelled images that a version had answered")
                .register(meters);
        Gauge.builder("headwater.quality.labels.beyond", live, known -> known.weights()
                        .beyond())
                .description("Labels that don't count: their annotator had given enough in their hour")
                .register(meters);
        gauge(
                meters,
                watch,
                "headwater.quality.accuracy",
                "Live accuracy of the stable version on the last labelled images, 0 to 1",
                check -> check.recentImages() == 0 ? Double.NaN : check.recentAccuracy());
        gauge(
                meters,
                watch,
                "headwater.quality.expected",
                "Accuracy of the stable version on its holdout, 0 to 1",
                FallCheck::expected);
        gauge(
                meters,
                watch,
                "headwater.quality.evidence",
                "Evidence that the stable version has fallen, as a share of what starts a training; 1 is enough",
                check -> check.evidence() / check.alarm());
    }

    private static void gauge(
            MeterRegistry meters,
            QualityWatch watch,
            String name,
            String description,
            ToDoubleFunction<FallCheck> figure) {
        Gauge.builder(name, watch, watched -> watched.check()
                        .map(figure::applyAsDouble)
                        .orElse(Double.NaN))
                .description(description)
                .register(meters);
    }
}
