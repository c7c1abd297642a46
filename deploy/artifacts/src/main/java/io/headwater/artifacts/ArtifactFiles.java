package io.headwater.artifacts;

import io.headwater.events.Artifact;
import java.io.IOException;
import java.util.Optional;

/** The artifact store for those who read it. Its {@code toString()} says where it is. */
public interface ArtifactFiles {
    /** No artifact is larger, bytes. */
    long LARGEST = 1L << 30;

    /**
     * Opens a file, whatever is in it.
     *
     * @return empty if there is none of that name
     * @throws ArtifactException if that can't be found out, or {@code uri} is none
     */
    Optional<ArtifactContent> open(String uri);

    /**
     * A file's bytes. Those that were checked are those that are returned: nobody can change the file in between.
     *
     * @throws MissingArtifactException if it is absent
     * @throws WrongArtifactException if it has another size or SHA-256 than {@code artifact} says
     * @throws ArtifactException if it can't be read
     */
    default byte[] read(Artifact artifact) {
        String name = "artifact " + ArtifactUri.checked(artifact.getUri());
        long size = artifact.getSize();
        if (size < 1 || size > LARGEST) {
            throw new ArtifactException(name + " is announced with an impossible size of " + size + " bytes");
        }
        byte[] bytes;
        try (ArtifactContent content = open(artifact.getUri())
                .orElseThrow(() -> new MissingArtifactException(name + " is not in the artifact store " + this))) {
            if (content.size() != size) {
                throw new WrongArtifactException(name + " should have " + size + " bytes, but has " + content.size());
            }
            bytes = content.stream().readNBytes((int) size);
        } catch (IOException e) {
            throw new ArtifactException(name + " can't be read from " + this + ": " + e, e);
        }
        String found = Sha256.of(bytes);
        if (!found.equals(artifact.getSha256())) {
            throw new WrongArtifactException(name + " should have SHA-256 " + artifact.getSha256() + ", but has "
                    + found + " (" + bytes.length + " of " + size + " bytes)");
        }
        return bytes;
    }
}
