package io.headwater.trainer.download;

import io.headwater.artifacts.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file on this machine. */
record LocalFile(Path path, Optional<String> sha256) implements FileSource {

    @Override
    public byte[] read() {
        if (!Files.isRegularFile(path)) {
            throw new DownloadException(
                    Files.exists(path) ? "it is no file" : "there is no such file on the machine of this service");
        }
        try {
            if (Files.size(path) > LARGEST) {
                throw new DownloadException("it has " + Files.size(path) + " bytes, and more than " + LARGEST
                        + " are too many to embed every image with");
            }
            byte[] bytes = Files.readAllBytes(path);
            sha256.ifPresent(expected -> check(bytes, expected));
            return bytes;
        } catch (IOException e) {
            throw new DownloadException("it can't be read: " + e.getMessage(), e);
        }
    }

    private static void check(byte[] bytes, String expected) {
        String actual = Sha256.of(bytes);
        if (!actual.equals(expected)) {
            throw new DownloadException("its SHA-256 is " + actual + " and not the " + expected + " that is asked for");
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
