package io.headwater.trainer.artifacts;

import io.headwater.artifacts.ArtifactException;
import io.headwater.artifacts.ArtifactFiles;
import io.headwater.artifacts.ArtifactLocation;
import io.headwater.artifacts.ArtifactsConfig;
import io.headwater.artifacts.S3Bucket;
import io.headwater.events.Artifact;
import java.util.List;

/**
 * Where models and backbones are: {@code models/<version>/model.onnx}, {@code models/<version>/head.onnx},
 * {@code backbones/<sha256>.onnx}. Events name artifacts by URI references relative to it. A file is there as a whole or
 * not at all, also after a crash. What can't be done is an {@link ArtifactException}. Thread safe.
 */
public interface ArtifactStore extends ArtifactFiles {
    /**
     * The store that {@code headwater.artifacts} names.
     *
     * @throws IllegalArgumentException if it names none, with the key, the value and the remedy
     */
    static ArtifactStore of(ArtifactsConfig config) {
        ArtifactLocation location = config.location();
        if (location instanceof ArtifactLocation.Bucket bucket) {
            return new S3Store(S3Bucket.open(bucket, config.toS3()));
        }
        return new DirectoryStore(((ArtifactLocation.Directory) location).path());
    }

    /** Writes a file, which is safe when this returns; replaces one of the same name. */
    Artifact write(String uri, byte[] bytes);

    /**
     * Makes an empty file.
     *
     * @return false if there is one of that name; of several who try at the same time, one gets true
     */
    boolean reserve(String uri);

    /** Whether the file is there, whatever is in it. */
    boolean exists(String uri);

    /** The uris of all files below {@code directory} ({@code models}), in their order; files of other names are left out. */
    List<String> list(String directory);

    /** Removes a file if it is there. */
    void delete(String uri);

    /**
     * The names of what writers have begun and not ended, also of those that were killed. Taking it away with
     * {@link #delete} makes a writer that still lives fail.
     */
    List<String> halfWritten();
}
