package io.headwater.security.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Who may read a new file. */
final class Permissions {
    private Permissions() {}

    /**
     * The permissions to make a file with.
     *
     * @param directory where it will be; one whose file system knows no such permissions gets none
     * @param permissions such as {@code rw-------}
     */
    static FileAttribute<?>[] of(Path directory, String permissions) throws IOException {
        return Files.getFileStore(directory).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
