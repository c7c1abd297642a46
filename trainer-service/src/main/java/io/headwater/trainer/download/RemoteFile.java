package io.headwater.trainer.download;

import io.headwater.artifacts.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A file of a web server, by way of a cache: what is in the cache is not asked for again.
 *
 * @param uri where it is
 * @param sha256 of the file, where it must be a certain one
 * @param size in bytes, likewise
 * @param cache directory
 * @param patience how long it is tried
 */
public record RemoteFile(URI uri, Optional<String> sha256, Optional<Long> size, Path cache, Patience patience)
        implements FileSource {
    private static final Logger LOG = Logger.getLogger(RemoteFile.class);
    private static final int KEY_DIGITS = 16;

    @Override
    public byte[] read() {
        try {
            Optional<byte[]> cached = cached();
            return cached.isPresent() ? cached.get() : download();
        } catch (IOException e) {
            throw new DownloadException("the cache " + cache + " can't be used: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DownloadException("it was interrupted", e);
        }
    }

    private byte[] download() throws IOException, InterruptedException {
        Deadline deadline = new Deadline(patience.total());
        Files.createDirectories(cache);
        try (CacheLock lock = CacheLock.of(file(), deadline)) {
            Optional<byte[]> meanwhile = cached();
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            PartFile part = new PartFile(file());
            new HttpDownload(uri, size, sha256.isPresent(), patience, part, deadline).run();
            byte[] bytes = Files.readAllBytes(part.path());
            if (!isRight(bytes)) {
                part.delete();
                throw new DownloadException("what came has the SHA-256 " + Sha256.of(bytes) + " and not the "
                        + sha256.orElseThrow() + " that is asked for; it is deleted");
            }
            Files.move(part.path(), file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            part.delete();
            return bytes;
        }
    }

    private Optional<byte[]> cached() throws IOException {
        if (!Files.isRegularFile(file())) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file());
        if (isRight(bytes)) {
            return Optional.of(bytes);
        }
        LOG.warnf("cached file has the wrong SHA-256 and is got again file=%s", file());
        return Optional.empty();
    }

    private boolean isRight(byte[] bytes) {
        return sha256.isEmpty() || sha256.get().equals(Sha256.of(bytes));
    }

    /** Where it is kept: files of the same name from elsewhere have another key. */
    private Path file() {
        String key = Sha256.of(uri.toString().getBytes(StandardCharsets.UTF_8)).substring(0, KEY_DIGITS);
        String path = Optional.ofNullable(uri.getPath()).orElse("");
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return cache.resolve(key + "-" + (name.isEmpty() ? "file" : name));
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
