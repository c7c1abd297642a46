package io.headwater.trainer.drift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How drift is looked for. */
@ConfigMapping(prefix = "headwater.drift")
public interface DriftConfig {
    /** Images that are compared with the reference at once; so many embeddings are kept in direct memory, twice. */
    @WithDefault("500")
    int window();

    /** How often a window of images that are like those of the reference is called different, 0 to 1. */
    @WithDefault("0.01")
    double falseAlarmRate();

    /** All of it. */
    default DriftSettings settings() {
        return new DriftSettings(window(), falseAlarmRate());
    }
}
