package io.headwater.artifacts;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The artifact store in a directory. */
public final class DirectoryFiles implements ArtifactFiles {
    private final Path base;

    /** The store in {@code base}, which need not be there yet. */
    public DirectoryFiles(Path base) {
        this.base = base.toAbsolutePath().normalize();
    }

    /** Where an artifact is, or would be. */
    public Path path(String uri) {
        return base.resolve(ArtifactUri.checked(uri));
    }

    @Override
    public Optional<ArtifactContent> open(String uri) {
        Path file = path(uri);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            // Size and bytes of the same file, also if another takes its name in between.
            FileChannel channel = FileChannel.open(file);
            return Optional.of(new ArtifactContent(channel.size(), Channels.newInputStream(channel)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ArtifactException("artifact " + uri + " can't be read from " + base + ": " + e, e);
        }
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
