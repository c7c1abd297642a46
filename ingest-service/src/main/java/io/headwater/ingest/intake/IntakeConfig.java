package io.headwater.ingest.intake;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What is taken in, and how much of it at once. */
@ConfigMapping(prefix = "headwater.intake")
public interface IntakeConfig {
    /** Largest upload, bytes (20M = 20 MiB); more is 413. {@code quarkus.http.limits.max-body-size} must be a third larger. */
    @WithDefault("20M")
    MemorySize maxBytes();

    /** Largest image, width times height as uploaded, pixels; more is 413 and never decoded. */
    @WithDefault("50000000")
    long maxPixels();

    /**
     * Bytes of images that are in memory at the same time, all uploads and batches together; by default a quarter of the
     * heap. Who finds no room waits {@code max-wait}, without reading on, and is then turned away with 503.
     */
    Optional<MemorySize> maxBytesInFlight();

    /** How long the body of an upload may take to come; longer is 408. */
    @WithDefault("60S")
    Duration uploadTimeout();

    /** Idempotency keys whose bytes are remembered, so that the same key with others is 422. */
    @WithDefault("50000")
    int rememberedKeys();

    /** Newest images of the stream whose keys are read at start, so that a restart does not forget them; 0 for none. */
    @WithDefault("2000")
    int recalledKeys();

    /**
     * Memory for decoded pixels, bytes, of all decodes at once; by default half of the heap. An image that needs more for
     * itself is 413: a WebP or a progressive JPEG of 50 million pixels takes 200 or 300 MB.
     */
    Optional<MemorySize> maxDecodeBytes();

    /** How long the decoding of one image may take; longer is 422. */
    @WithDefault("10S")
    Duration maxDecodeTime();

    /** Whether uploads are kept as they came, metadata included, in the artifact store ({@code headwater.artifacts}). */
    @WithDefault("false")
    boolean keepOriginal();

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
