package io.headwater.ingest.predictions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How requests wait for predictions ({@code Prefer: wait=5}). */
@ConfigMapping(prefix = "headwater.predictions")
public interface PredictionsConfig {
    /** The longest that a request waits, whatever it asks for. */
    @WithDefault("30S")
    Duration maxWait();

    /** Requests that wait at the same time; one more is answered at once, with 202. */
    @WithDefault("1000")
    int waiters();

    /** The newest predictions that are kept, for images that are sent again: they get no second one. */
    @WithDefault("10000")
    int remembered();
}
