package io.headwater.ingest.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the console's page finds the other two services, as the browser reaches them. */
@ConfigMapping(prefix = "headwater.console")
public interface ConsoleConfig {
    /** The inference-service: scheme, host and port. */
    @WithDefault("http://127.0.0.1:8081")
    String inference();

    /** The trainer-service: scheme, host and port. */
    @WithDefault("http://127.0.0.1:8082")
    String trainer();
}
