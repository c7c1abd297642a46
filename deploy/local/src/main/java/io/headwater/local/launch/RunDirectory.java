package io.headwater.local.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What runs now in one home: a lock that the operating system frees when its holder dies, and for the holder and each of
 * its children a file with process id and start.
 */
final class RunDirectory {

    private static final String OWNER = "up";
    private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(15);

    private final Path directory;

    RunDirectory(Path directory) {
        this.directory = directory;
    }

    /** Takes the lock, or is empty when somebody else has it. Closing the channel gives it back. */
    Optional<FileChannel> lock() {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return Optional.of(channel);
                }
            } catch (OverlappingFileLockException e) {
                // Held by this very JVM: the same answer.
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't lock " + directory + ".", e);
        }
    }

    void recordOwner(Ports ports) {
        var properties = new Properties();
        ProcessRecord.of(ProcessHandle.current()).write(properties);
        for (Service service : Service.values()) {
            properties.setProperty(service.directory(), Integer.toString(ports.of(service)));
        }
        save(OWNER, properties);
    }

    Optional<ProcessRecord> owner() {
        return load(OWNER).flatMap(ProcessRecord::read);
    }

    /** The ports of the Headwater that runs in this home, if one does. */
    Optional<Ports> ports() {
        return owner().flatMap(ProcessRecord::alive)
                .flatMap(alive -> load(OWNER))
                .flatMap(RunDirectory::readPorts);
    }

    private static Optional<Ports> readPorts(Properties properties) {
        try {
            return Optional.of(new Ports(
                    Integer.parseInt(properties.getProperty(Service.KAFKA.directory())),
                    Integer.parseInt(properties.getProperty(Service.INGEST.directory())),
                    Integer.parseInt(properties.getProperty(Service.INFERENCE.directory())),
                    Integer.parseInt(properties.getProperty(Service.TRAINER.directory()))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    void record(Service service, ProcessHandle handle) {
        var properties = new Properties();
        ProcessRecord.of(handle).write(properties);
        save(service.directory(), properties);
    }

    Optional<ProcessHandle> alive(Service service) {
        return load(service.directory()).flatMap(ProcessRecord::read).flatMap(ProcessRecord::alive);
    }

    void forget(Service service) {
        delete(service.directory());
    }

    void forgetOwner() {
        delete(OWNER);
    }

    /**
     * Stops the children that a killed owner left behind, and nothing else: the services first, then Kafka, which they
     * need to finish. To be called with the lock held.
     *
     * @return those that were stopped
     */
    List<Service> stopOrphans() {
        List<Service> stopped = new ArrayList<>();
        for (Service service : StopOrder.all()) {
            alive(service).ifPresent(handle -> {
                StopOrder.end(handle, ORPHAN_PATIENCE);
                stopped.add(service);
            });
            forget(service);
        }
        return stopped;
    }

    private void save(String name, Properties properties) {
        Path target = directory.resolve(name + ".pid");
        Path draft = directory.resolve(name + ".pid.new");
        try {
            Files.createDirectories(directory);
            try (var out = Files.newOutputStream(draft)) {
                properties.store(out, null);
            }
            // A reader sees the old record or the new one, never half of it.
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't write " + target + ".", e);
        }
    }

    private Optional<Properties> load(String name) {
        try (var in = Files.newInputStream(directory.resolve(name + ".pid"))) {
            var properties = new Properties();
            properties.load(in);
            return Optional.of(properties);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name + ".pid"));
        } catch (IOException e) {
            throw new UncheckedIOException("Can't delete " + directory.resolve(name + ".pid") + ".", e);
        }
    }
}
