package io.headwater.security.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;

/**
 * The keys of an installation that has none yet, each handed over in a file of its own.
 *
 * <p>The key file comes last and at once, and with it the keys count: whoever is killed before begins again with other keys,
 * and none is good that nobody was handed.
 */
final class FirstKeys {
    private static final String DRAFT = ".first-keys";

    private FirstKeys() {}

    /**
     * Makes them, if the key file isn't there yet; else nothing, whatever became of the files that were handed over.
     *
     * @return whether they were made
     * @throws KeyFileException if a file can't be written
     */
    static boolean make(KeyFile file, List<WantedKey> wanted, Instant now) {
        if (Files.exists(file.path())) {
            return false;
        }
        Path draft = file.path().resolveSibling(DRAFT);
        try {
            Files.deleteIfExists(draft);
            for (WantedKey key : wanted) {
                NewKey made = new KeyFile(draft).add(key.name(), key.roles(), now);
                handOver(made, key.handOver());
            }
            Files.move(draft, file.path(), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            throw new KeyFileException("The first keys can't be written (" + e + ").", e);
        }
    }

    private static void handOver(NewKey key, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.deleteIfExists(to);
        // The group too: Prometheus runs as somebody else.
        Files.createFile(to, Permissions.of(to.getParent(), "rw-r-----"));
        Files.writeString(to, key.text(), StandardCharsets.US_ASCII);
    }
}
