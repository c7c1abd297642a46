package io.headwater.security.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The keys as they are now in a file that people change. It is looked at, not listened to: a mounted Kubernetes secret
 * changes behind a link, which file events do not tell.
 *
 * <p>A file that has become unusable takes nobody's access away and gives none: the last good keys stay.
 */
public final class KeyringWatch {
    private record Mark(FileTime modified, long size, Object fileKey) {}

    private final KeyFile file;
    private final Consumer<String> trouble;
    private volatile Keyring current;
    private Mark mark;
    private String told = "";

    /**
     * Reads the file for the first time.
     *
     * @param trouble hears, once, why a changed file can't be used
     * @throws KeyFileException if it can't be used now
     */
    public KeyringWatch(KeyFile file, Consumer<String> trouble) {
        this.file = file;
        this.trouble = trouble;
        this.mark = mark();
        this.current = file.keyring();
    }

    /** The keys that are good now. */
    public Keyring current() {
        return current;
    }

    /**
     * Reads the file again if it is another one than last time.
     *
     * @return whether there are new keys
     */
    public synchronized boolean refresh() {
        // Before the file is read: what is written meanwhile is seen next time.
        Mark seen = mark();
        if (seen.equals(mark)) {
            return false;
        }
        try {
            current = file.keyring();
            mark = seen;
            told = "";
            return true;
        } catch (KeyFileException e) {
            // The mark stays the old one: the file is tried again each time.
            if (!told.equals(e.getMessage())) {
                told = e.getMessage();
                trouble.accept(told);
            }
            return false;
        }
    }

    private Mark mark() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
            return new Mark(
                    attributes.lastModifiedTime(),
                    attributes.size(),
                    Objects.requireNonNullElse(attributes.fileKey(), file.path()));
        } catch (IOException e) {
            return new Mark(FileTime.fromMillis(0), -1, e.getClass());
        }
    }
}
