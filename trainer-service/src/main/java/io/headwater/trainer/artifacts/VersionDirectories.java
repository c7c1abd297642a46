package io.headwater.trainer.artifacts;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The directories {@code models/<version>}. A number is taken for ever by the empty file {@code reserved/<version>}, also
 * when the version is never finished, and after its files were removed: that is how no number is used twice. It is not in
 * {@code models}, so that what serves from there sees only versions with files.
 */
public final class VersionDirectories {
    private static final String MODELS = "models/";
    private static final String RESERVED = "reserved/";

    private final ArtifactStore store;

    /** Those of a store. */
    public VersionDirectories(ArtifactStore store) {
        this.store = store;
    }

    /** The uri of a file of a version. */
    public static String uri(long version, String file) {
        return MODELS + version + "/" + file;
    }

    /** Whose file it is; empty if it is none of a version. */
    static Optional<Long> version(String uri) {
        return uri.startsWith(MODELS) ? number(uri.substring(MODELS.length())) : Optional.empty();
    }

    /** Takes the first free number above {@code highestKnown}, every reserved number and every version that has files. */
    public long reserve(long highestKnown) {
        long version = Stream.of(RESERVED, MODELS)
                        .flatMap(directory -> numbers(directory).stream())
                        .mapToLong(Long::longValue)
                        .reduce(highestKnown, Math::max)
                + 1;
        while (!store.reserve(RESERVED + version)) {
            version++;
        }
        return version;
    }

    /**
     * What stood in the store at one moment.
     *
     * @param versions those that had files
     * @param halfWritten what writers had begun and not ended
     */
    public record Inventory(Set<Long> versions, List<String> halfWritten) {}

    /** What stands in the store. */
    public Inventory inventory() {
        return new Inventory(numbers(MODELS), store.halfWritten());
    }

    /**
     * Removes what is unfinished: the files of versions that have no record, and what killed writers left. The numbers stay
     * taken. To be safe beside other trainers, {@code inventory} must have been taken before the moment at which it was sure
     * that nobody else could record anything, and {@code recorded} after it.
     *
     * @param recorded versions that have a record
     * @return the versions that had files
     */
    public List<Long> clearUnfinished(Inventory inventory, Set<Long> recorded) {
        inventory.halfWritten().forEach(store::delete);
        List<Long> unfinished = inventory.versions().stream()
                .filter(version -> !recorded.contains(version))
                .toList();
        unfinished.forEach(this::clear);
        return unfinished;
    }

    /** Removes the files of a version; its number stays taken. */
    public void clear(long version) {
        store.list(MODELS + version).forEach(store::delete);
    }

    private Set<Long> numbers(String directory) {
        Set<Long> numbers = new TreeSet<>();
        for (String uri : store.list(directory.substring(0, directory.length() - 1))) {
            number(uri.substring(directory.length())).ifPresent(numbers::add);
        }
        return numbers;
    }

    private static Optional<Long> number(String path) {
        String name = path.split("/", 2)[0];
        return name.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(name)) : Optional.empty();
    }
}
