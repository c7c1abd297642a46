package io.headwater.trainer.artifacts;

import io.headwater.artifacts.ArtifactContent;
import io.headwater.artifacts.ArtifactException;
import io.headwater.artifacts.ArtifactUri;
import io.headwater.artifacts.DirectoryFiles;
import io.headwater.artifacts.Sha256;
import io.headwater.events.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The artifact store in a directory, which is made when the first file comes. */
public final class DirectoryStore implements ArtifactStore {
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
        files.write(uri, bytes);
        return new Artifact(uri, Sha256.of(bytes), (long) bytes.length);
    }

    @Override
    public boolean reserve(String uri) {
        Path file = files.path(uri);
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
            files.forceNames(file.getParent());
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
        return file.getFileName().toString().startsWith(DirectoryFiles.TEMPORARY);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
