package io.headwater.inference.artifact;

import io.headwater.artifacts.ArtifactException;
import io.headwater.artifacts.ArtifactFiles;
import io.headwater.artifacts.DirectoryFiles;
import io.headwater.events.Artifact;
import java.nio.file.Path;

/**
 * Reads files of the artifact store, and hands out only bytes whose size and SHA-256 are those that were announced. The
 * bytes that were checked are the bytes that are returned: nobody can change the file in between.
 */
public final class ArtifactReader {
    private final ArtifactFiles files;

    /** Reads from a store. */
    public ArtifactReader(ArtifactFiles files) {
        this.files = files;
    }

    /** Reads from a store in a directory. */
    public static ArtifactReader of(Path directory) {
        return new ArtifactReader(new DirectoryFiles(directory));
    }

    /**
     * Reads and checks one file.
     *
     * @param reference its path in the store (models/12/head.onnx)
     * @param size announced size, bytes
     * @param sha256 announced SHA-256, 64 lower-case hex digits
     * @throws ArtifactRefusedException if it is outside of the store, absent, or not what was announced
     */
    public byte[] read(String reference, long size, String sha256) throws ArtifactRefusedException {
        try {
            return files.read(new Artifact(reference, sha256, size));
        } catch (ArtifactException e) {
            throw new ArtifactRefusedException(e.getMessage(), e);
        }
    }
}
