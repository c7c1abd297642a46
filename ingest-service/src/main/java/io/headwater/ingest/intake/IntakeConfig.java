package io.headwater.ingest.intake;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** What is taken in, and how much of it at once. */
@ConfigMapping(prefix = "headwater.intake")
public interface IntakeConfig {
    /** Largest upload, bytes (20M = 20 MiB); more is 413. {@code quarkus.http.limits.max-body-size} must be larger. */
    @WithDefault("20M")
    MemorySize maxBytes();

    /** Largest image, width times height as uploaded, pixels; more is 413 and never decoded. */
    @WithDefault("50000000")
    long maxPixels();

    /** Quality of the normalised JPEG, 0 to 1. */
    @WithDefault("0.9")
    float jpegQuality();

    /** Images decoded at the same time; by default one for each processor. */
    OptionalInt concurrency();

    /** How long an upload waits for a free decoder before it is turned away with 503. */
    @WithDefault("5S")
    Duration maxWait();

    /** What that 503 tells the client to wait (Retry-After). */
    @WithDefault("5S")
    Duration retryAfter();
}
