package io.headwater.local.upload;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An image file to be sent.
 *
 * @param path where it is
 * @param name its path within the folder, with slashes
 * @param label what is on it, if known
 */
record ImageFile(Path path, String name, Optional<String> label) {

    private static final Map<String, String> TYPES = Map.of(
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "jpe", "image/jpeg",
            "png", "image/png",
            "webp", "image/webp",
            "gif", "image/gif",
            "bmp", "image/bmp",
            "tif", "image/tiff",
            "tiff", "image/tiff");

    /** The media type that a file's name promises; empty when it promises no image that Headwater takes. */
    static Optional<String> typeOf(Path path) {
        String file = path.getFileName().toString();
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(TYPES.get(extension));
    }
}
