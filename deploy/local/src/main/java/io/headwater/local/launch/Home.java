package io.headwater.local.launch;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory that holds all state of one Headwater on this machine; deleting it is a fresh start.
 *
 * @param root the directory
 * @param cache where native libraries are unpacked once; may be shared with other homes
 */
public record Home(Path root, Path cache) {

    /** Environment variable that says where it is. */
    public static final String VARIABLE = "HEADWATER_HOME";

    /** Makes the paths absolute, because children run in other directories. */
    public Home {
        root = root.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
    }

    /** With a cache of its own. */
    public Home(Path root) {
        this(root, root.resolve("cache"));
    }

    /** The given directory, or else that of {@link #VARIABLE}, or else {@code ~/.headwater}. */
    public static Home of(Optional<Path> given) {
        return new Home(given.or(() -> Optional.ofNullable(System.getenv(VARIABLE))
                        .filter(value -> !value.isBlank())
                        .map(Path::of))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".headwater")));
    }

    /** Kafka's data. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** The artifact store: backbones and model versions. */
    public Path artifacts() {
        return root.resolve("artifacts");
    }

    /** The API keys, for services that ask for one. */
    public Path keys() {
        return root.resolve("keys");
    }

    /** State of the trainer's Kafka Streams; can be rebuilt from the topics. */
    public Path streams() {
        return root.resolve("streams");
    }

    /** One log file per process. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** A home within this one, with state of its own and the same cache. */
    public Home within(String name) {
        return new Home(root.resolve(name), cache);
    }

    /** What runs now: lock, process ids, ports. */
    public Path run() {
        return root.resolve("run");
    }

    /** What was uploaded from which folder. */
    public Path journals() {
        return root.resolve("journals");
    }

    Path log(Service service) {
        return logs().resolve(service.directory() + ".log");
    }
}
