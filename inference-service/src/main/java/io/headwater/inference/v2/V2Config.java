package io.headwater.inference.v2;

import io.headwater.inference.v2.infer.InferSettings;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** The synchronous door, the Open Inference Protocol under {@code /v2}. */
@ConfigMapping(prefix = "headwater.v2")
public interface V2Config {
    /** Images that are worked on at the same time, beside those of the stream; by default as many as there are processors. */
    OptionalInt threads();

    /** Requests from the first byte to the answer at the same time; more are turned away with 503. */
    @WithDefault("64")
    int maxRequests();

    /** Most bytes of a request's body, decompressed. */
    @WithDefault("16M")
    MemorySize maxBody();

    /** Most bytes of the bodies of all requests that are inside; more are turned away with 503. */
    @WithDefault("64M")
    MemorySize maxBytes();

    /** Most images in one request. */
    @WithDefault("64")
    int maxImages();

    /** Most time from a request's first byte to its answer. */
    @WithDefault("30s")
    Duration timeout();

    /** As settings, checked. */
    default InferSettings toSettings() {
        return new InferSettings(
                threads().orElse(Runtime.getRuntime().availableProcessors()),
                maxRequests(),
                maxBody().asLongValue(),
                maxBytes().asLongValue(),
                maxImages(),
                timeout());
    }
}
