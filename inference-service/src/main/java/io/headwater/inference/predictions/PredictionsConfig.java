package io.headwater.inference.predictions;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is kept of the newest predictions, for people. */
@ConfigMapping(prefix = "headwater.predictions")
public interface PredictionsConfig {
    /** Newest predictions that are kept, 1 to 1,000,000. */
    @WithDefault("10000")
    int recent();

    /** Most memory for them. */
    @WithDefault("16M")
    MemorySize recentBytes();

    /** Most memory for the pictures of the newest ones; 0 keeps none. */
    @WithDefault("16M")
    MemorySize pictureBytes();

    /** Most listeners of the stream at a time, 0 to 1,000. */
    @WithDefault("16")
    int streamClients();

    /** As the store wants it. */
    default RecentSettings toSettings() {
        return new RecentSettings(
                recent(), recentBytes().asLongValue(), pictureBytes().asLongValue(), streamClients());
    }
}
