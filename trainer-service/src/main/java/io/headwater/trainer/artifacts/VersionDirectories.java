package io.headwater.trainer.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The directories {@code models/<version>}. Making one takes its number for ever, also when the version is never
 * finished: that is how no number is used twice.
 */
public final class VersionDirectories {
    private final Path models;

    /** Those of a store. */
    public VersionDirectories(ArtifactStore store) {
        this.models = store.base().resolve("models");
    }

    /** The uri of a file of a version. */
    public static String uri(long version, String file) {
        return "models/" + version + "/" + file;
    }

    /** Takes the first free number above {@code highestKnown} and above every directory there is. */
    public long reserve(long highestKnown) {
        try {
            Files.createDirectories(models);
            long version = Math.max(highestKnown, highest().orElse(0)) + 1;
            while (true) {
                try {
                    Files.createDirectory(models.resolve(Long.toString(version)));
                    ArtifactStore.forceDirectory(models);
                    return version;
                } catch (FileAlreadyExistsException e) {
                    version++;
                }
            }
        } catch (IOException e) {
            throw new ArtifactException("no version directory can be made in " + models + ": " + e, e);
        }
    }

    /**
     * Removes the files of versions that have no record; their empty directories stay and keep the numbers taken.
     *
     * @param recorded versions that have one
     * @return the versions that had files
     */
    public List<Long> clearUnfinished(Set<Long> recorded) {
        return numbers().stream()
                .filter(version -> !recorded.contains(version) && clear(version))
                .toList();
    }

    private OptionalLong highest() {
        return numbers().stream().mapToLong(Long::longValue).max();
    }

    private Set<Long> numbers() {
        Set<Long> numbers = new TreeSet<>();
        if (!Files.isDirectory(models)) {
            return numbers;
        }
        try (Stream<Path> entries = Files.list(models)) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("[1-9][0-9]{0,17}"))
                    .forEach(name -> numbers.add(Long.valueOf(name)));
        } catch (IOException e) {
            throw new ArtifactException("the version directories in " + models + " can't be listed: " + e, e);
        }
        return numbers;
    }

    private boolean clear(long version) {
        try (Stream<Path> files = Files.list(models.resolve(Long.toString(version)))) {
            return files.filter(VersionDirectories::delete).count() > 0;
        } catch (IOException | UncheckedIOException e) {
            throw new ArtifactException("the leftovers of version " + version + " can't be removed: " + e, e);
        }
    }

    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
