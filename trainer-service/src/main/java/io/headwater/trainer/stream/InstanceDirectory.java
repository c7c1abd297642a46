package io.headwater.trainer.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A directory that no other instance uses at the same time, and that the next one takes over: the first of
 * {@code instance-0}, {@code instance-1}, … that is free. It is free again when it is closed, and when the process ends in
 * whatever way.
 */
final class InstanceDirectory implements AutoCloseable {
    private static final int MOST = 100;

    private final Path path;
    private final FileLock lock;

    private InstanceDirectory(Path path, FileLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes one under {@code parent}.
     *
     * @throws UncheckedIOException if there can be none
     */
    static InstanceDirectory claim(Path parent) {
        try {
            for (int number = 0; number < MOST; number++) {
                Path path = parent.resolve("instance-" + number);
                Files.createDirectories(path);
                Optional<FileLock> lock = lock(path.resolve("in-use"));
                if (lock.isPresent()) {
                    return new InstanceDirectory(path, lock.get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "headwater.trainer.state-dir is " + parent + ", but no directory can be made there: " + e, e);
        }
        throw new IllegalStateException("headwater.trainer.state-dir is " + parent + ", and " + MOST
                + " instances use it already; give each a directory of its own");
    }

    Path path() {
        return path;
    }

    private static Optional<FileLock> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(lock);
            }
        } catch (OverlappingFileLockException e) {
            // Another instance of this process has it: as good as another process.
            channel.close();
            return Optional.empty();
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
