package io.headwater.security.keys;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A key as it is kept: enough to recognise it, not to use it.
 *
 * @param id eight hexadecimal digits, the beginning of what a client sends
 * @param name whose it is; several keys may have the same, which is how one takes another's place
 * @param roles what it may be used for
 * @param created when it was made
 * @param hash of its secret
 */
public record ApiKey(String id, String name, Set<Role> roles, Instant created, String hash) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");
    private static final int FIELDS = 5;

    /** Checks everything. */
    public ApiKey {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id is not eight hexadecimal digits");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a key; it must be 1 to 64 of A-Z a-z 0-9 . _ @ -, such as camera-3");
        }
        roles = Set.copyOf(roles);
        KeyHash.parse(hash);
    }

    /** A line of the file. */
    static ApiKey parse(String line) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("a key is five words: id, name, roles, time, hash");
        }
        try {
            return new ApiKey(fields[0], fields[1], Role.list(fields[2]), Instant.parse(fields[3]), fields[4]);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("the time is not like 2026-01-31T12:00:00Z", e);
        }
    }

    /** The line that is read as this. */
    String line() {
        return String.join(" ", id, name, Role.words(roles), created.toString(), hash);
    }
}
