package io.headwater.trainer.artifacts;

import io.headwater.artifacts.ArtifactContent;
import io.headwater.artifacts.ArtifactException;
import io.headwater.artifacts.ArtifactUri;
import io.headwater.artifacts.DirectoryFiles;
import io.headwater.artifacts.Sha256;
import io.headwater.events.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The artifact store in a directory, which is made when the first file comes. */
public final class DirectoryStore implements ArtifactStore {
    private static final String TEMPORARY = ".writing-";

    private final Path base;
    private final DirectoryFiles files;

    /** The store in {@code base}. */
    public DirectoryStore(Path base) {
        this.base = base.toAbsolutePath().normalize();
        this.files = new DirectoryFiles(base);
    }

    @Override
    public Optional<ArtifactContent> open(String uri) {
        return files.open(uri);
    }

    @Override
    public Artifact write(String uri, byte[] bytes) {
        Path target = files.path(uri);
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
        return new Artifact(uri, Sha256.of(bytes), (long) bytes.length);
    }

    @Override
    public boolean reserve(String uri) {
        Path file = files.path(uri);
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
            forceNames(file.getParent());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new ArtifactException(uri + " can't be reserved in " + base + ": " + e, e);
        }
    }

    @Override
    public boolean exists(String uri) {
        return Files.isRegularFile(files.path(uri));
    }

    @Override
    public List<String> list(String directory) {
        return walk(files.path(directory)).stream()
                .filter(file -> !isTemporary(file))
                .map(this::uri)
                .filter(ArtifactUri::isValid)
                .toList();
    }

    @Override
    public void delete(String uri) {
        Path file = files.path(uri);
        try {
            Files.deleteIfExists(file);
            Path directory = file.getParent();
            if (!directory.equals(base)) {
                Files.deleteIfExists(directory);
            }
        } catch (DirectoryNotEmptyException e) {
            // Others are still in it.
            return;
        } catch (IOException e) {
            throw new ArtifactException("artifact " + uri + " can't be removed from " + base + ": " + e, e);
        }
    }

    @Override
    public List<String> halfWritten() {
        return walk(base).stream()
                .filter(DirectoryStore::isTemporary)
                .map(this::uri)
                .toList();
    }

    private String uri(Path file) {
        return base.relativize(file).toString().replace('\\', '/');
    }

    private List<Path> walk(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.walk(directory)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ArtifactException("the artifacts in " + directory + " can't be listed: " + e, e);
        }
    }

    private static boolean isTemporary(Path file) {
        return file.getFileName().toString().startsWith(TEMPORARY);
    }

    /** Without this, a crash of the machine could forget new names of files that are on the disk. */
    private void forceNames(Path directory) throws IOException {
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
