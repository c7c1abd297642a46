package io.headwater.local.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The file that a process writes its output to; the last one before it is kept beside it. */
final class LogFile {

    private static final long ROTATE_BYTES = 20L * 1024 * 1024;
    private static final int TAIL_BYTES = 16 * 1024;

    private final Path path;
    private long begin;

    LogFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** To be called before a process starts to write: {@link #tail} then tells only of what comes from now on. */
    void begin() throws IOException {
        Files.createDirectories(path.getParent());
        if (Files.exists(path) && Files.size(path) > ROTATE_BYTES) {
            Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        begin = Files.exists(path) ? Files.size(path) : 0;
    }

    /** The last lines that were written since {@link #begin}; empty when there are none or they can't be read. */
    List<String> tail(int lines) {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            long from = Math.max(begin, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
