package io.headwater.trainer.download;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A file that comes from elsewhere: from a directory, or over HTTP by way of a cache. Its {@code toString} says where. */
public sealed interface FileSource permits LocalFile, RemoteFile {

    /** The most bytes that are read. */
    long LARGEST = 512L << 20;

    /**
     * The file that {@code location} names.
     *
     * @param location a path, or a {@code file:}, {@code http:} or {@code https:} URI
     * @param sha256 of the file, where it must be a certain one
     * @param cache directory for what is downloaded
     * @throws IllegalArgumentException if it names none; the message is what it must be
     */
    static FileSource of(String location, Optional<String> sha256, Path cache) {
        if (!location.contains(":/")) {
            return new LocalFile(Path.of(location), sha256);
        }
        URI uri = URI.create(location);
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> new LocalFile(Path.of(uri), sha256);
            case "http", "https" -> {
                if (uri.getHost() == null) {
                    throw new IllegalArgumentException("must name a host");
                }
                yield new RemoteFile(uri, sha256, Optional.empty(), cache, Patience.LONG);
            }
            default -> throw new IllegalArgumentException("must be a path, or a file:, http: or https: URI");
        };
    }

    /**
     * The whole file, checked.
     *
     * @throws DownloadException if it can't be had, is larger than {@link #LARGEST}, or has another hash
     */
    byte[] read();
}
