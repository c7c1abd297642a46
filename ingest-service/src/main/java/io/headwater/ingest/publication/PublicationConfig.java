package io.headwater.ingest.publication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a client waits for Kafka. */
@ConfigMapping(prefix = "headwater.publication")
public interface PublicationConfig {
    /** How long Kafka may take to acknowledge an event before the answer is 503. */
    @WithDefault("15S")
    Duration timeout();

    /** What that 503 tells the client to wait (Retry-After). */
    @WithDefault("5S")
    Duration retryAfter();
}
