package io.headwater.artifacts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** The artifact store in a directory. */
public final class DirectoryFiles implements ArtifactFiles {
    /** How the name of a file begins that is being written, or was when its writer died. */
    public static final String TEMPORARY = ".writing-";

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

    /**
     * Writes a file, which is safe and whole when this returns; replaces one of the same name.
     *
     * @throws ArtifactException if it can't be written; there is then no half of it
     */
    public void write(String uri, byte[] bytes) {
        Path target = path(uri);
        Path directory = target.getParent();
        try {
            Files.createDirectories(directory);
            Path temporary = directory.resolve(TEMPORARY + UUID.randomUUID());
            try {
                try (FileChannel channel =
                        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    channel.force(true);
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            forceNames(directory);
        } catch (IOException e) {
            throw new ArtifactException("artifact " + uri + " can't be written to " + base + ": " + e, e);
        }
    }

    /**
     * Makes the names of what is in {@code directory} safe, up to the store's own directory: a crash of the machine could
     * forget new names of files that are on the disk.
     */
    public void forceNames(Path directory) throws IOException {
        for (Path level = directory; level.startsWith(base); level = level.getParent()) {
            try (FileChannel channel = FileChannel.open(level, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
