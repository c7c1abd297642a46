package io.headwater.security.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The file of the keys: one on a line, {@code id name roles time hash}; empty lines and those that begin with # are
 * nothing. It holds no secret, but whoever can write it can do everything.
 *
 * <p>It is replaced as a whole, so a reader sees the old or the new one. One writer at a time.
 */
public final class KeyFile {
    private static final long MOST_BYTES = 4L * 1024 * 1024;
    private static final List<String> HEADER = List.of(
            "# Keys of Headwater: id, name, roles, when it was made, Argon2id hash. Made by ./headwater keys add; a line",
            "# that is taken out is a key that is good no more, a few seconds later, without a restart.");

    private final Path path;

    /** The file at that path, which need not be there yet. */
    public KeyFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * All keys, as they stand in the file.
     *
     * @throws KeyFileException if it is not there, can't be read or has a line that is no key
     */
    public List<ApiKey> keys() {
        List<ApiKey> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int number = 0;
        for (String line : lines()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                ApiKey key = ApiKey.parse(line);
                if (!ids.add(key.id())) {
                    throw new IllegalArgumentException("there are two keys " + key.id());
                }
                keys.add(key);
            } catch (IllegalArgumentException e) {
                throw new KeyFileException(
                        "Line " + number + " of the key file " + path + " is no key: " + e.getMessage() + ".", e);
            }
        }
        return List.copyOf(keys);
    }

    /** The same, to look one up. */
    public Keyring keyring() {
        return new Keyring(keys());
    }

    /**
     * Adds a key; makes the file, readable by its owner alone, if there is none.
     *
     * @throws IllegalArgumentException if that can be no name
     */
    public NewKey add(String name, Set<Role> roles, Instant now) {
        List<ApiKey> keys = new ArrayList<>(Files.exists(path) ? keys() : List.of());
        KeyToken token = KeyToken.random();
        while (isTaken(token.id(), keys)) {
            token = KeyToken.random();
        }
        ApiKey key = new ApiKey(
                token.id(),
                name,
                roles,
                now.truncatedTo(ChronoUnit.SECONDS),
                KeyHash.of(token.secret()).text());
        keys.add(key);
        write(keys);
        return new NewKey(key, token.text());
    }

    /**
     * Takes keys out.
     *
     * @param idOrName of one key, or of whoever has several
     * @return those that were taken out
     */
    public List<ApiKey> revoke(String idOrName) {
        List<ApiKey> keys = keys();
        List<ApiKey> revoked = keys.stream()
                .filter(key -> key.id().equals(idOrName) || key.name().equals(idOrName))
                .toList();
        if (!revoked.isEmpty()) {
            write(keys.stream().filter(key -> !revoked.contains(key)).toList());
        }
        return revoked;
    }

    private static boolean isTaken(String id, List<ApiKey> keys) {
        return keys.stream().anyMatch(key -> key.id().equals(id));
    }

    private List<String> lines() {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new KeyFileException("The key file " + path + " has more than " + MOST_BYTES + " bytes.");
            }
            return Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new KeyFileException(
                    "There is no key file " + path + "; make a key with ./headwater keys add NAME --roles read,"
                            + " or say where it is with headwater.keys.file.",
                    e);
        } catch (IOException e) {
            throw new KeyFileException("The key file " + path + " can't be read (" + e + ").", e);
        }
    }

    private void write(List<ApiKey> keys) {
        List<String> lines = new ArrayList<>(HEADER);
        keys.forEach(key -> lines.add(key.line()));
        try {
            Files.createDirectories(path.getParent());
            Path draft = Files.createTempFile(
                    path.getParent(), ".keys", ".tmp", Permissions.of(path.getParent(), "rw-------"));
            try {
                Files.write(draft, lines, StandardCharsets.UTF_8);
                replace(draft);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new KeyFileException("The key file " + path + " can't be written (" + e + ").", e);
        }
    }

    private void replace(Path draft) throws IOException {
        try {
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
