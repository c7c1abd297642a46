package io.headwater.trainer.artifacts;

import io.headwater.events.Artifact;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The directory where models and backbones are: {@code models/<version>/model.onnx}, {@code models/<version>/head.onnx},
 * {@code backbones/<sha256>.onnx}. Events name artifacts by URI references relative to it. A file is there as a whole or
 * not at all.
 */
public final class ArtifactStore {
    private final Path base;

    /** The store in {@code base}, which is made when the first artifact comes. */
    public ArtifactStore(Path base) {
        this.base = base.toAbsolutePath().normalize();
    }

    /**
     * The store that {@code headwater.artifacts} names.
     *
     * @param location a path or a {@code file:} URI
     */
    public static ArtifactStore at(String location) {
        if (location.startsWith("file:")) {
            return new ArtifactStore(Path.of(URI.create(location)));
        }
        if (location.contains("://")) {
            throw new IllegalArgumentException("headwater.artifacts is '" + location
                    + "', but must be a directory: a path or a file: URI, such as file:///var/lib/headwater/artifacts");
        }
        return new ArtifactStore(Path.of(location));
    }

    /** Where everything is. */
    public Path base() {
        return base;
    }

    /** Writes a file so that it is complete and on the disk when it has its name; replaces one of the same name. */
    public Artifact write(String uri, byte[] bytes) {
        Path target = path(uri);
        Path directory = target.getParent();
        try {
            Files.createDirectories(directory);
            Path temporary = Files.createTempFile(directory, ".writing-", ".tmp");
            try {
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
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
            forceDirectory(directory);
        } catch (IOException e) {
            throw new ArtifactException("artifact " + uri + " can't be written to " + base + ": " + e, e);
        }
        return new Artifact(uri, Sha256.of(bytes), (long) bytes.length);
    }

    /** Whether the file is there, whatever is in it. */
    public boolean exists(String uri) {
        return Files.isRegularFile(path(uri));
    }

    /** The file's bytes, which are what {@code artifact} says or an {@link ArtifactException} is thrown. */
    public byte[] read(Artifact artifact) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path(artifact.getUri()));
        } catch (IOException e) {
            throw new ArtifactException("artifact " + artifact.getUri() + " can't be read from " + base + ": " + e, e);
        }
        String sha256 = Sha256.of(bytes);
        if (!sha256.equals(artifact.getSha256())) {
            throw new ArtifactException("artifact " + artifact.getUri() + " has " + bytes.length + " bytes and SHA-256 "
                    + sha256 + ", but its record says " + artifact.getSize() + " bytes and " + artifact.getSha256());
        }
        return bytes;
    }

    /** Where an artifact is. */
    public Path path(String uri) {
        Path path = base.resolve(uri).normalize();
        if (!path.startsWith(base) || path.equals(base)) {
            throw new ArtifactException("artifact uri " + uri + " leads out of the store");
        }
        return path;
    }

    /** Without this, a crash of the machine could forget the new name of a file that is on the disk. */
    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
