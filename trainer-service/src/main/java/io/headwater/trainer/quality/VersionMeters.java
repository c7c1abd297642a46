package io.headwater.trainer.quality;

import io.headwater.events.RolloutChanged;
import io.headwater.events.RolloutTrial;
import io.headwater.events.ServedModel;
import io.headwater.trainer.registry.Registry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Metrics of the versions in play, by the part that each plays and not by its number: a version comes and goes, and each
 * would be a series of its own for ever. {@code headwater.quality.version} tells which one it is. What there is nothing to
 * tell of is NaN.
 */
@Singleton
@Startup
final class VersionMeters {
    private final Registry registry;
    private final LiveQuality live;
    private final QualitySettings settings;
    private long changes = -1;
    private List<VersionQuality> report = List.of();

    /** What a version is in the rollout. */
    private enum Part {
        STABLE(rollout -> Optional.ofNullable(rollout.getStable()).map(ServedModel::getVersion)),
        TRIAL(rollout -> Optional.ofNullable(rollout.getTrial()).map(RolloutTrial::getVersion)),
        PREVIOUS(rollout -> Optional.ofNullable(rollout.getPrevious())),
        FAILED(rollout -> Optional.ofNullable(rollout.getFailed()));

        private final Function<RolloutChanged, Optional<Long>> version;

        Part(Function<RolloutChanged, Optional<Long>> version) {
            this.version = version;
        }
    }

    /** Which of its answers. */
    private enum Answers {
        SERVED(VersionQuality::served),
        SHADOW(VersionQuality::shadow),
        SAMPLE_SERVED(quality -> quality.sample().served()),
        SAMPLE_SHADOW(quality -> quality.sample().shadow());

        private final Function<VersionQuality, Figures> figures;

        Answers(Function<VersionQuality, Figures> figures) {
            this.figures = figures;
        }
    }

    VersionMeters(MeterRegistry meters, Registry registry, LiveQuality live, QualitySettings settings) {
        this.registry = registry;
        this.live = live;
        this.settings = settings;
        for (Part part : Part.values()) {
            Gauge.builder("headwater.quality.version", this, own -> own.version(part)
                            .map(Long::doubleValue)
                            .orElse(Double.NaN))
                    .description("Number of the version that plays this part in the rollout")
                    .tag("part", name(part))
                    .register(meters);
            for (Answers answers : Answers.values()) {
                gauge(meters, part, answers, "images", "Labelled images that it answered", Figures::images);
                gauge(
                        meters,
                        part,
                        answers,
                        "accuracy",
                        "Share of its right answers, 0 to 1",
                        figures -> figures.images() == 0
                                ? Double.NaN
                                : figures.accuracy().value());
                gauge(
                        meters,
                        part,
                        answers,
                        "log.loss",
                        "Lower bound of the mean negative logarithm of the true label's probability, nats",
                        figures -> figures.images() == 0
                                ? Double.NaN
                                : figures.logLoss().atLeast());
                gauge(
                        meters,
                        part,
                        answers,
                        "recall",
                        "Recall of the class that it gets worst, 0 to 1",
                        figures -> figures.classes().values().stream()
                                .mapToDouble(recall -> recall.recall().value())
                                .min()
                                .orElse(Double.NaN));
            }
        }
    }

    private void gauge(
            MeterRegistry meters,
            Part part,
            Answers answers,
            String what,
            String description,
            ToDoubleFunction<Figures> figure) {
        Gauge.builder("headwater.quality.version." + what, this, own -> own.figures(part, answers)
                        .map(figure::applyAsDouble)
                        .orElse(Double.NaN))
                .description(description)
                .tag("part", name(part))
                .tag("answers", name(answers))
                .register(meters);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Optional<Long> version(Part part) {
        return registry.rollout().flatMap(part.version);
    }

    private Optional<Figures> figures(Part part, Answers answers) {
        return version(part)
                .flatMap(version -> report().stream()
                        .filter(quality -> quality.version() == version)
                        .findFirst())
                .map(answers.figures);
    }

    /** Counted once for all metrics that are read at the same time. */
    private synchronized List<VersionQuality> report() {
        long now = live.changes();
        if (now != changes) {
            report = live.report(settings.window(), settings.windows());
            changes = now;
        }
        return report;
    }
}
