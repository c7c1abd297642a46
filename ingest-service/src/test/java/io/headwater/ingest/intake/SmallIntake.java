package io.headwater.ingest.intake;

import io.headwater.config.StreamConfig;
import io.headwater.ingest.publication.EventPublisher;
import io.headwater.ingest.publication.UnsentEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** An intake with limits that are soon reached, and no Kafka behind it. */
public final class SmallIntake {
    private static final Map<String, String> LIMITS = Map.of(
            "headwater.intake.max-bytes", "1M",
            "headwater.intake.max-pixels", "1000000",
            "headwater.intake.max-decode-bytes", "16M",
            "headwater.intake.max-bytes-in-flight", "4M",
            "headwater.intake.max-wait", "1S",
            "headwater.intake.max-decode-time", "1S",
            "headwater.intake.remembered-keys", "100",
            "headwater.intake.recalled-keys", "0",
            "headwater.intake.concurrency", "1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private final EventPublisher publisher;
    private final Intake intake;
    private final UploadLimit limit;

    /** Empty. */
    public SmallIntake() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(IntakeConfig.class)
                .withMapping(StreamConfig.class)
                .withValidateUnknown(false)
                .withSources(new PropertiesConfigSource(LIMITS, "test", 100))
                .build();
        IntakeConfig limits = config.getConfigMapping(IntakeConfig.class);
        StreamConfig stream = config.getConfigMapping(StreamConfig.class);
        this.publisher = new UnsentEvents(stream);
        this.intake = new Intake(
                limits,
                new KeyMemory(limits, stream, Map.of(), null),
                new Originals(limits, null),
                publisher,
                null,
                new IntakeMetrics(meters),
                clock);
        this.limit = new UploadLimit(limits, new MemorySize(BigInteger.valueOf(2 << 20)));
    }

    /** Takes pictures. */
    public Intake intake() {
        return intake;
    }

    /** One MiB. */
    public UploadLimit limit() {
        return limit;
    }

    /** Acknowledges everything. */
    public EventPublisher publisher() {
        return publisher;
    }

    /** 1970. */
    public Clock clock() {
        return clock;
    }

    /** Bytes that somebody has room for. */
    public long taken() {
        return (long) meters.get("headwater.intake.bytes").gauge().value();
    }
}
