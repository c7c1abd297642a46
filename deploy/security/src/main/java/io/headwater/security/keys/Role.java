package io.headwater.security.keys;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What somebody may do. None includes another. */
public enum Role {
    /** Hand images in: to be kept, or to be classified at once. */
    INGEST,
    /** Say what is on an image, or take that back. */
    LABEL,
    /** Change what is served, start trainings, put dead letters back. */
    ROLLOUT,
    /** See everything. */
    READ;

    /** Its name in files, tokens and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a list.
     *
     * @param words separated by commas
     * @throws IllegalArgumentException if one is no role, or there is none, with what would be right
     */
    public static Set<Role> list(String words) {
        Set<Role> roles = new TreeSet<>();
        for (String word : words.split(",", -1)) {
            roles.add(Arrays.stream(values())
                    .filter(role -> role.word().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("'" + words + "' is no list of roles; it must be some of "
                                    + words(Set.of(values())) + ", separated by commas")));
        }
        return Set.copyOf(roles);
    }

    /** Writes a list as it is read. */
    public static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::word).collect(Collectors.joining(","));
    }
}
