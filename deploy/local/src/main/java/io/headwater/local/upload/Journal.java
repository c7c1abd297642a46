package io.headwater.local.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which files of a folder were accepted, one a line, so that a second upload goes on where the first ended. A file that
 * changed since, or has another label now, counts as new. Thread-safe.
 */
public final class Journal implements AutoCloseable {

    private final Set<String> sent = new HashSet<>();
    private final Writer writer;

    private Journal(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
                lines.forEach(sent::add);
            }
        }
        writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        // What a crash cut off must not run into the next line.
        writer.write(System.lineSeparator());
    }

    /**
     * The journal of that folder and that front door.
     *
     * @param journals the directory of all journals
     * @param again whether to forget what was sent before
     */
    public static Journal open(Path journals, Path folder, URI frontDoor, boolean again) throws IOException {
        Path file = journals.resolve(digest(folder.toRealPath() + "\n" + frontDoor) + ".sent");
        if (again) {
            Files.deleteIfExists(file);
        }
        return new Journal(file);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether exactly this file, with this label, was accepted before. */
    synchronized boolean has(ImageFile file) throws IOException {
        return sent.contains(line(file));
    }

    /** Remembers that it was accepted; on disk when this returns. */
    synchronized void add(ImageFile file) throws IOException {
        String line = line(file);
        sent.add(line);
        writer.write(line + System.lineSeparator());
        writer.flush();
    }

    private static String line(ImageFile file) throws IOException {
        return "%d %d %s %s"
                .formatted(
                        Files.size(file.path()),
                        Files.getLastModifiedTime(file.path()).toMillis(),
                        digest(file.label().orElse("")),
                        file.name().replace("\n", "\\n").replace("\r", "\\r"));
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
