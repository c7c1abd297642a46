package io.headwater.inference.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reads files of the artifact store, and hands out only bytes whose size and SHA-256 are those that were announced. The
 * bytes that were checked are the bytes that are returned: nobody can change the file in between.
 */
public final class ArtifactReader {
    private static final long LARGEST = 1L << 30;

    private final Path base;

    /**
     * @param base root of the store
     */
    public ArtifactReader(Path base) {
        this.base = base.toAbsolutePath().normalize();
    }

    /**
     * Opens the store that {@code headwater.artifacts} names.
     *
     * @param store path of a directory, or its file: URI
     * @throws IllegalArgumentException for any other URI
     */
    public static ArtifactReader of(String store) {
        if (store.startsWith("file:")) {
            return new ArtifactReader(Path.of(URI.create(store)));
        }
        // One letter before the colon is a drive, not a scheme.
        if (store.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            throw new IllegalArgumentException("headwater.artifacts is '" + store
                    + "', but must be a directory or a file: URI, such as /var/lib/headwater/artifacts");
        }
        return new ArtifactReader(Path.of(store));
    }

    /**
     * Reads and checks one file.
     *
     * @param reference URI reference, relative to the store (models/12/head.onnx)
     * @param size announced size, bytes
     * @param sha256 announced SHA-256, 64 lower-case hex digits
     * @throws ArtifactRefusedException if it is outside of the store, absent, or not what was announced
     */
    public byte[] read(String reference, long size, String sha256) throws ArtifactRefusedException {
        Path file = resolve(reference);
        if (size < 1 || size > LARGEST) {
            throw new ArtifactRefusedException(
                    "artifact '" + reference + "' is announced with an impossible size of " + size + " bytes");
        }
        byte[] bytes;
        // One byte more than announced tells a longer file without reading all of it.
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes((int) size + 1);
        } catch (IOException e) {
            throw new ArtifactRefusedException("artifact '" + reference + "' can't be read from " + file + ": " + e, e);
        }
        if (bytes.length != size) {
            throw new ArtifactRefusedException("artifact '" + reference + "' should have " + size + " bytes, but has "
                    + (bytes.length > size ? "more" : bytes.length));
        }
        String found = HexFormat.of().formatHex(sha256().digest(bytes));
        if (!found.equals(sha256)) {
            throw new ArtifactRefusedException(
                    "artifact '" + reference + "' should have SHA-256 " + sha256 + ", but has " + found);
        }
        return bytes;
    }

    private Path resolve(String reference) throws ArtifactRefusedException {
        URI uri;
        try {
            uri = URI.create(reference);
        } catch (IllegalArgumentException e) {
            throw new ArtifactRefusedException("artifact '" + reference + "' is not a URI reference", e);
        }
        if (uri.getScheme() != null || uri.getAuthority() != null || uri.getPath() == null) {
            throw new ArtifactRefusedException("artifact '" + reference + "' is not relative to the artifact store");
        }
        Path file;
        try {
            file = base.resolve(uri.getPath()).normalize();
        } catch (IllegalArgumentException e) {
            throw new ArtifactRefusedException("artifact '" + reference + "' does not name a file", e);
        }
        if (!file.startsWith(base) || file.equals(base)) {
            throw new ArtifactRefusedException("artifact '" + reference + "' is outside of the artifact store");
        }
        return file;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
