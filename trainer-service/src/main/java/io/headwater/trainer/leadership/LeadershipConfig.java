package io.headwater.trainer.leadership;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How trainers of one topic prefix choose the one that leads. */
@ConfigMapping(prefix = "headwater.trainer")
public interface LeadershipConfig {
    /** Where this trainer answers: told to those who ask a standby for what only the leader does. */
    @WithDefault("http://${quarkus.http.host}:${quarkus.http.port}")
    String address();

    /** Time that a leader may be silent until another trainer takes over. */
    @WithDefault("10s")
    Duration takeoverAfter();

    /** How this trainer stands for election. */
    default Candidate candidate() {
        return new Candidate(address(), takeoverAfter());
    }
}
