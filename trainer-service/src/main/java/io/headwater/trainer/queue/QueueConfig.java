package io.headwater.trainer.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the queue of what to label next is made. */
@ConfigMapping(prefix = "headwater.queue")
public interface QueueConfig {
    /** Images that are chosen from, at most; the embeddings of so many are kept in direct memory, 9.5 KiB each. */
    @WithDefault("5000")
    int candidates();

    /** Share of what is offered that is for measuring: images of the holdout side, drawn without looking, 0 to 1. */
    @WithDefault("0.2")
    double randomShare();

    /** Time between two looks whether the order is another one. */
    @WithDefault("10s")
    Duration refresh();

    /** All of it. */
    default QueueSettings settings() {
        return new QueueSettings(candidates(), randomShare(), refresh());
    }
}
