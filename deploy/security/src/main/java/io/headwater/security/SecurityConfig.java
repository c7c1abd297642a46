package io.headwater.security;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Who may do what; the same keys in every service. */
@ConfigMapping(prefix = "headwater")
public interface SecurityConfig {
    /** How it is known who is calling: {@code none}, {@code api-key} or {@code oidc}. */
    @WithDefault("none")
    AuthMode auth();

    /** Where the API keys are. */
    Keys keys();

    /** How much one key may do. */
    Quota quota();

    /** Where the API keys are. */
    interface Keys {
        /** The file that {@code ./headwater keys} writes. */
        @WithDefault("${user.home}/.headwater/keys")
        Path file();

        /** Time after which a change of it counts at the latest. */
        @WithDefault("2s")
        Duration refresh();

        /** Time after its last use for which a key that was proved is not proved again. */
        @WithDefault("5m")
        Duration remembered();
    }

    /** How much one key, or one user, may do with one instance of a service. What has no value has no bound. */
    interface Quota {
        /** Requests in a window. */
        OptionalLong requests();

        /** Bytes of request bodies in a window. */
        Optional<MemorySize> bytes();

        /** The window, seconds at least. */
        @WithDefault("1m")
        Duration window();
    }
}
