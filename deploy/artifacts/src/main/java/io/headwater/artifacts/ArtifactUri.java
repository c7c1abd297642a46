package io.headwater.artifacts;

import java.util.regex.Pattern;

/**
 * How events name artifacts: by a path relative to the store, such as {@code models/12/head.onnx}. Only letters, digits
 * and {@code . _ -} are in it, and no part is {@code .} or {@code ..}, so that it means the same in a directory and in a
 * bucket, and leads out of neither.
 */
public final class ArtifactUri {
    private static final Pattern VALID = Pattern.compile("(?!\\.{1,2}(/|$))[\\w.-]+(/(?!\\.{1,2}(/|$))[\\w.-]+)*");

    private ArtifactUri() {}

    /** Whether {@code uri} is one. */
    public static boolean isValid(String uri) {
        return VALID.matcher(uri).matches();
    }

    /**
     * Gives back {@code uri}.
     *
     * @throws ArtifactException if it is none
     */
    public static String checked(String uri) {
        if (!isValid(uri)) {
            throw new ArtifactException("'" + uri + "' names no artifact: it must be a path relative to the artifact"
                    + " store, of letters, digits, '.', '_' and '-', and without '..'");
        }
        return uri;
    }
}
