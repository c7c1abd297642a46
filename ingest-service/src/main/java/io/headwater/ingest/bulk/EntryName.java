package io.headwater.ingest.bulk;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The name of a file in an archive or form. No file is ever written under it; it tells the label, and is repeated in the
 * answer.
 *
 * @param folder that the file is in, the innermost one; empty at the top
 */
record EntryName(Optional<String> folder) {
    private static final int LONGEST = 1024;

    /**
     * Takes a name apart.
     *
     * @throws ProblemException (400) if it leads out of its archive, or is no name
     */
    static EntryName of(String name) {
        String path = name.replace('\\', '/');
        if (path.length() > LONGEST) {
            throw refused("has " + path.length() + " characters; at most " + LONGEST + " are accepted");
        }
        if (path.isBlank() || path.chars().anyMatch(Character::isISOControl)) {
            throw refused("is empty or contains a control character");
        }
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.equals(".")).toList();
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*") || parts.contains("..")) {
            throw refused("leads out of its archive");
        }
        // "./a.jpg" is at the top, and so is "a.jpg".
        return new EntryName(parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(parts.size() - 2)));
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(ProblemKind.INVALID_PARAMETER, "the name of the file " + reason);
    }
}
