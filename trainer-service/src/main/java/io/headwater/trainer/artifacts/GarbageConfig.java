package io.headwater.trainer.artifacts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Which files of the artifact store are removed, and when. */
@ConfigMapping(prefix = "headwater.gc")
public interface GarbageConfig {
    /** So many of the newest versions keep their files, whatever became of them. */
    @WithDefault("20")
    int keepVersions();

    /** A file goes when it has not been needed for so long. */
    @WithDefault("10m")
    Duration grace();

    /**
     * The same, checked.
     *
     * @throws IllegalArgumentException with the key, the value and the remedy
     */
    default Retention retention() {
        if (keepVersions() < 1) {
            throw new IllegalArgumentException("headwater.gc.keep-versions is " + keepVersions()
                    + ", but must be at least 1: so many of the newest versions keep their files");
        }
        if (grace().compareTo(Retention.SHORTEST_GRACE) < 0) {
            throw new IllegalArgumentException("headwater.gc.grace is " + grace() + ", but must be at least "
                    + Retention.SHORTEST_GRACE + ": another service may just be reading the file");
        }
        return new Retention(keepVersions(), grace());
    }
}
