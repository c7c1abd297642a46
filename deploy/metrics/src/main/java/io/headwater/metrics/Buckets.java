package io.headwater.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/** Makes histograms of the meters whose distribution is worth its series; the others tell count, sum and maximum. */
@Singleton
public final class Buckets implements MeterFilter {
    private static final double[] SECONDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };
    private static final Map<String, double[]> COUNTS =
            Map.of("headwater.inference.batch", new double[] {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000});
    private static final Set<String> TIMERS =
            Set.of("headwater.intake.seconds", "headwater.inference.stage", "headwater.inference.swap");

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        if (TIMERS.contains(id.getName())) {
            return with(DoubleStream.of(SECONDS).map(seconds -> seconds * TimeUnit.SECONDS.toNanos(1)), config);
        }
        if (COUNTS.containsKey(id.getName())) {
            return with(DoubleStream.of(COUNTS.get(id.getName())), config);
        }
        return config;
    }

    private static DistributionStatisticConfig with(DoubleStream boundaries, DistributionStatisticConfig config) {
        return DistributionStatisticConfig.builder()
                .serviceLevelObjectives(boundaries.toArray())
                .build()
                .merge(config);
    }
}
