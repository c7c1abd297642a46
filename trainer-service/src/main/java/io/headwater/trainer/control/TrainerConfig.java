package io.headwater.trainer.control;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;

/** Where the trainer keeps things. */
@ConfigMapping(prefix = "headwater")
public interface TrainerConfig {
    /** Where Kafka Streams keeps its stores; rebuilt from Kafka when it is lost. */
    @WithName("trainer.state-dir")
    @WithDefault("${user.home}/.headwater/trainer")
    Path stateDir();
}
