package io.headwater.artifacts;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the artifact store is: what {@code headwater.artifacts} says. */
public sealed interface ArtifactLocation {
    /** A directory, which need not be there yet. */
    record Directory(Path path) implements ArtifactLocation {}

    /**
     * A bucket of S3, or of a server that speaks its protocol.
     *
     * @param bucket its name; it must be there
     * @param prefix before every key, without a slash at its end; may be empty
     */
    record Bucket(String bucket, String prefix) implements ArtifactLocation {
        private static final Pattern VALID = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/?");

        private static Bucket of(String location) {
            Matcher matcher = VALID.matcher(location);
            if (!matcher.matches()) {
                throw refused(location);
            }
            String prefix = matcher.group(2) == null ? "" : matcher.group(2);
            if (!prefix.isEmpty() && !ArtifactUri.isValid(prefix)) {
                throw refused(location);
            }
            return new Bucket(matcher.group(1), prefix);
        }

        @Override
        public String toString() {
            return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
        }
    }

    /**
     * Reads a location.
     *
     * @throws IllegalArgumentException if it is none, with the key, the value and the remedy
     */
    static ArtifactLocation of(String location) {
        if (location.startsWith("s3:")) {
            return Bucket.of(location);
        }
        try {
            if (location.startsWith("file:")) {
                return new Directory(Path.of(URI.create(location)));
            }
            // One letter before the colon is a drive, not a scheme.
            if (!location.isBlank() && !location.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
                return new Directory(Path.of(location));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(refused(location).getMessage(), e);
        }
        throw refused(location);
    }

    private static IllegalArgumentException refused(String location) {
        return new IllegalArgumentException("headwater.artifacts is '" + location
                + "', but must be a directory, a file: URI or a bucket with or without a prefix, such as"
                + " /var/lib/headwater/artifacts, file:///var/lib/headwater/artifacts or s3://bucket/headwater");
    }
}
