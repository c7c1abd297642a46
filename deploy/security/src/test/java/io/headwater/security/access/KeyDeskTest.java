package io.headwater.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.security.AuthMode;
import io.headwater.security.SecurityConfig;
import io.headwater.security.keys.ApiKey;
import io.headwater.security.keys.KeyFile;
import io.headwater.security.keys.NewKey;
import io.headwater.security.keys.Role;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyDeskTest {
    private static final String SECRET = "0123456789012345678901234567890123456789012";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private NewKey key;
    private KeyDesk desk;

    @BeforeEach
    void open() {
        KeyFile file = new KeyFile(directory.resolve("keys"));
        key = file.add("camera", Set.of(Role.INGEST), Instant.now());
        desk = new KeyDesk(config(file.path()), vertx);
        desk.open();
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void keys_that_nobody_has_are_too_many_at_some_time_and_a_good_one_does_not_wait_for_them() {
        CompletableFuture<Optional<ApiKey>> last = null;
        for (int i = 0; i < 200; i++) {
            last = find("hw_00000000_" + SECRET);
        }
        assertThat(last).failsWithin(PATIENCE).withThrowableThat().withCauseInstanceOf(KeyDesk.CrowdedException.class);

        for (int i = 0; i < 20; i++) {
            find("hw_00000000_" + SECRET);
            assertThat(find(key.text())).succeedsWithin(PATIENCE).isEqualTo(Optional.of(key.key()));
        }
    }

    private CompletableFuture<Optional<ApiKey>> find(String text) {
        return desk.find(text).subscribeAsCompletionStage();
    }

    private static SecurityConfig config(Path file) {
        SecurityConfig.Keys keys = new SecurityConfig.Keys() {
            @Override
            public Path file() {
                return file;
            }

            @Override
            public Duration refresh() {
                return Duration.ofMinutes(1);
            }

            @Override
            public Duration remembered() {
                return Duration.ofNanos(1);
            }
        };
        return new SecurityConfig() {
            @Override
            public AuthMode auth() {
                return AuthMode.API_KEY;
            }

            @Override
            public Keys keys() {
                return keys;
            }

            @Override
            public Quota quota() {
                throw new AssertionError("not asked for");
            }
        };
    }
}
