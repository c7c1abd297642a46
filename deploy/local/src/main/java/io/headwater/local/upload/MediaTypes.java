package io.headwater.local.upload;

import java.nio.file.Path;

/** What to call the contents of a file towards the front door, which looks for itself. */
public final class MediaTypes {

    private MediaTypes() {}

    /** By the file's name; a file with another name is sent as a JPEG, and the front door judges. */
    public static String of(Path path) {
        return ImageFile.typeOf(path).orElse("image/jpeg");
    }
}
