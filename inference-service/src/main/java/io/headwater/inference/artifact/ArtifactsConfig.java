package io.headwater.inference.artifact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the model files are. */
@ConfigMapping(prefix = "headwater")
public interface ArtifactsConfig {
    /** The artifact store: a directory, or its file: URI. */
    @WithDefault("${user.home}/.headwater/artifacts")
    String artifacts();
}
