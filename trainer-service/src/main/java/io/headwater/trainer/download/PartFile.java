package io.headwater.trainer.download;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The beginning of a file, and what the server called that version of it. Only whoever has the lock may use it. */
final class PartFile {
    private final Path part;
    private final Path validatorFile;

    PartFile(Path file) {
        part = file.resolveSibling(file.getFileName() + ".part");
        validatorFile = file.resolveSibling(file.getFileName() + ".part.version");
    }

    Path path() {
        return part;
    }

    long size() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    /** The version that this is the beginning of: a strong ETag or a date; for {@code If-Range}. */
    Optional<String> validator() throws IOException {
        return Files.exists(validatorFile)
                ? Optional.of(Files.readString(validatorFile)).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    /** Begins anew with the version that a response has. */
    void restart(HttpHeaders headers) throws IOException {
        delete();
        Optional<String> validator = headers.firstValue("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> headers.firstValue("Last-Modified"));
        if (validator.isPresent()) {
            Files.writeString(validatorFile, validator.get());
        }
    }

    FileChannel append() throws IOException {
        return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Writes all of {@code bytes}; returns how many these were. */
    static long write(FileChannel channel, List<ByteBuffer> bytes) throws IOException {
        long written = 0;
        for (ByteBuffer piece : bytes) {
            while (piece.hasRemaining()) {
                written += channel.write(piece);
            }
        }
        return written;
    }

    void delete() throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(validatorFile);
    }
}
