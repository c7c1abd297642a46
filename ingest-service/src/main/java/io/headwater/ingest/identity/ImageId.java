package io.headwater.ingest.identity;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.util.regex.Pattern;

/**
 * The identity of an image, and the key of everything that is said about it.
 *
 * @param value 1 to 128 characters that need no escaping in a path
 */
public record ImageId(String value) {
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._~-]{1,128}");
    private static final int DERIVED_LENGTH = 32;

    /**
     * Takes an id that came from outside.
     *
     * @throws ProblemException (400) if it is not one
     */
    public static ImageId parse(String value) {
        // "." and ".." are steps in a path: clients resolve them before they send it.
        if (!PATTERN.matcher(value).matches() || value.equals(".") || value.equals("..")) {
            throw new ProblemException(
                    ProblemKind.INVALID_ID,
                    "an image id is 1 to 128 of the characters A-Z a-z 0-9 . _ ~ - and neither . nor ..");
        }
        return new ImageId(value);
    }

    /** The id of an upload that came without one: the same bytes are the same image. */
    public static ImageId ofContent(String sha256) {
        return new ImageId(sha256.substring(0, DERIVED_LENGTH));
    }
}
