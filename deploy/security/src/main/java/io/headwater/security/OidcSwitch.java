package io.headwater.security;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Switches Quarkus' OpenID Connect on with {@code headwater.auth=oidc} and wholly off without: nothing is connected to then. */
public final class OidcSwitch implements ConfigSourceFactory {
    /** Above everything, the system properties (400) included: the two can't contradict each other. */
    private static final int ORDINAL = 500;

    /** Made by the configuration. */
    public OidcSwitch() {}

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue auth = context.getValue("headwater.auth");
        boolean on = auth != null
                && auth.getValue() != null
                && auth.getValue().strip().equalsIgnoreCase("oidc");
        return List.of(new PropertiesConfigSource(
                Map.of("quarkus.oidc.tenant-enabled", Boolean.toString(on)), "headwater.auth", ORDINAL));
    }
}
