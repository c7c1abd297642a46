package io.headwater.ingest.picture;

/** The blocks of a GIF up to the end of its first picture; an animation's other pictures are not looked at. */
final class GifContainer {
    private static final int HEADER = 13;
    private static final int DESCRIPTOR = 10;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;

    private final byte[] upload;

    private GifContainer(byte[] upload) {
        this.upload = upload;
    }

    static Container scan(byte[] upload) {
        return new GifContainer(upload).scan();
    }

    private Container scan() {
        if (upload.length < HEADER) {
            return Container.broken("it ends within its header");
        }
        int at = HEADER + palette(upload[10]);
        while (at < upload.length) {
            int block = upload[at] & 0xFF;
            if (block == EXTENSION) {
                at = afterData(at + 2);
            } else if (block == IMAGE && at + DESCRIPTOR <= upload.length) {
                // The palette, and the first size of a code.
                int end = afterData(at + DESCRIPTOR + palette(upload[at + DESCRIPTOR - 1]) + 1);
                return end <= upload.length ? Container.whole(Container.noExif()) : missing();
            } else {
                return block == IMAGE ? missing() : Container.broken("it has no picture");
            }
        }
        return missing();
    }

    private static Container missing() {
        return Container.broken("it ends within its first picture, so a part of it is missing");
    }

    private static int palette(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    /** Where the data ends whose first length stands at {@code at}; beyond the upload if it does not. */
    private int afterData(int at) {
        int next = at;
        while (next < upload.length && upload[next] != 0) {
            next += 1 + (upload[next] & 0xFF);
        }
        return next + 1;
    }
}
