package io.headwater.trainer.artifacts;

import io.headwater.artifacts.ArtifactException;
import io.headwater.artifacts.ArtifactFiles;
import io.headwater.events.Artifact;
import java.net.URI;
import java.nio.file.Path;
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
     * @param location a path or a {@code file:} URI
     */
    static ArtifactStore at(String location) {
        if (location.startsWith("file:")) {
            return new DirectoryStore(Path.of(URI.create(location)));
        }
        if (location.contains("://")) {
            throw new IllegalArgumentException("headwater.artifacts is '" + location
                    + "', but must be a directory: a path or a file: URI, such as file:///var/lib/headwater/artifacts");
        }
        return new DirectoryStore(Path.of(location));
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

    /** The uris of all files below {@code directory} ({@code models}), in their order. */
    List<String> list(String directory);

    /** Removes a file if it is there. */
    void delete(String uri);

    /**
     * The names of what writers have begun and not ended, also of those that were killed. Taking it away with
     * {@link #delete} makes a writer that still lives fail.
     */
    List<String> halfWritten();
}
