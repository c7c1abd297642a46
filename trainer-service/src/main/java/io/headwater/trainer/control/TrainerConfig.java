package io.headwater.trainer.control;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;

/** Where the trainer keeps things, and what it embeds with. */
@ConfigMapping(prefix = "headwater")
public interface TrainerConfig {
    /** The artifact store: a directory or a {@code file:} URI. */
    @WithDefault("${user.home}/.headwater/artifacts")
    String artifacts();

    /** Where Kafka Streams keeps its stores; rebuilt from Kafka when it is lost. */
    @WithName("trainer.state-dir")
    @WithDefault("${user.home}/.headwater/trainer")
    Path stateDir();

    /** The backbone at the very first start: {@code openimages} or {@code auto}, which means openimages. */
    @WithDefault("auto")
    String backbone();

    /** H and W that images are scaled to, pixels, at the very first start. */
    @WithName("backbone-input-size")
    @WithDefault("224")
    int backboneInputSize();
}
