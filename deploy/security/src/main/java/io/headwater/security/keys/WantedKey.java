package io.headwater.security.keys;

import java.nio.file.Path;
import java.util.Set;

/**
 * A key to be made.
 *
 * @param name whose it is
 * @param roles what it may be used for
 * @param handOver the file that gets it as it is sent, without a line end
 */
record WantedKey(String name, Set<Role> roles, Path handOver) {

    /**
     * Reads {@code NAME=ROLES=FILE}.
     *
     * @throws IllegalArgumentException if it is not like that
     */
    static WantedKey parse(String text) {
        String[] parts = text.split("=", 3);
        if (parts.length != 3 || parts[2].isBlank()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not NAME=ROLES=FILE, such as owner=ingest,read=/keys/owner");
        }
        return new WantedKey(parts[0], Role.list(parts[1]), Path.of(parts[2]).toAbsolutePath());
    }
}
