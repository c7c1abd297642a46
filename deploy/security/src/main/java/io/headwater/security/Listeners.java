package io.headwater.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where a service listens.
 *
 * @param hosts by the configuration key that says so
 */
public record Listeners(Map<String, String> hosts) {
    private static final String MANAGEMENT = "quarkus.management.host";
    private static final String LOOPBACK = "127.0.0.1";

    /** Keeps its own copy. */
    public Listeners {
        hosts = Map.copyOf(hosts);
    }

    /** As configured: the HTTP host, and the management interface where there is one. */
    public static Listeners of(Config config) {
        Map<String, String> hosts = new HashMap<>();
        hosts.put("quarkus.http.host", config.getValue("quarkus.http.host", String.class));
        if (config.getOptionalValue("quarkus.management.enabled", Boolean.class).orElse(false)) {
            // Where nothing is said, Quarkus listens everywhere.
            hosts.put(
                    MANAGEMENT,
                    config.getOptionalValue("quarkus.management.host", String.class)
                            .orElse("0.0.0.0"));
        }
        return new Listeners(hosts);
    }

    /** Why the service must not start like this, and what helps; empty if it may. */
    public Optional<String> objection(AuthMode mode) {
        String management = hosts.getOrDefault(MANAGEMENT, LOOPBACK);
        if (!isLoopback(management)) {
            return Optional.of(
                    MANAGEMENT + " is " + management + ", which others can reach, but nobody is asked there who he"
                            + " is, whatever headwater.auth says: set " + MANAGEMENT + " to " + LOOPBACK + ".");
        }
        if (mode != AuthMode.NONE) {
            return Optional.empty();
        }
        return hosts.entrySet().stream()
                .filter(listener -> !isLoopback(listener.getValue()))
                .map(listener -> "headwater.auth is none, so everybody may do everything, but " + listener.getKey()
                        + " is "
                        + listener.getValue() + ", which others can reach: set headwater.auth to api-key"
                        + " (./headwater keys add makes a key) or oidc, or " + listener.getKey() + " to " + LOOPBACK
                        + ".")
                .sorted()
                .findFirst();
    }

    private static boolean isLoopback(String host) {
        if (host.isBlank()) {
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            // Nobody can listen there; if somebody can after all, it is not known to be loopback.
            return false;
        }
    }
}
