package io.headwater.ingest.security;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** The service asks for API keys, of which there are none yet. */
public final class WithKeys implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            return Map.of(
                    "headwater.auth",
                    "api-key",
                    "headwater.keys.file",
                    Files.createTempFile("headwater", "keys").toString(),
                    "headwater.keys.refresh",
                    "50ms",
                    "headwater.quota.requests",
                    "200",
                    "headwater.quota.bytes",
                    "50M",
                    "headwater.quota.window",
                    "1h");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
