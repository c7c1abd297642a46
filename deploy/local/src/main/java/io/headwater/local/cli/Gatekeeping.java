package io.headwater.local.cli;

import io.headwater.local.launch.Home;
import io.headwater.local.launch.LocalCluster;
import io.headwater.local.launch.Service;
import io.headwater.security.keys.KeyFile;
import io.headwater.security.keys.NewKey;
import io.headwater.security.keys.Role;
import java.nio.file.Files;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Whether the services ask who is calling. */
enum Gatekeeping {
    NONE("none"),
    API_KEY("api-key");

    private static final String FIRST = "owner";

    private final String word;

    Gatekeeping(String word) {
        this.word = word;
    }

    static Gatekeeping of(String word) {
        for (Gatekeeping any : values()) {
            if (any.word.equals(word)) {
                return any;
            }
        }
        throw new CommandException(
                "--auth can be none or api-key, not %s; oidc needs more: see docs/security.md.".formatted(word));
    }

    /** Tells all three services. */
    void tell(LocalCluster.Builder cluster) {
        for (Service service : List.of(Service.INGEST, Service.INFERENCE, Service.TRAINER)) {
            cluster.set(service, "headwater.auth", word);
        }
    }

    /** A key of all roles, where keys are needed and the home has no file of them. */
    Optional<NewKey> firstKey(Home home) {
        KeyFile file = new KeyFile(home.keys());
        return this == NONE || Files.exists(file.path())
                ? Optional.empty()
                : Optional.of(file.add(FIRST, EnumSet.allOf(Role.class), Instant.now()));
    }
}
