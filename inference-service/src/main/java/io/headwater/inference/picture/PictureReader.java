package io.headwater.inference.picture;

import java.nio.ByteBuffer;

/** Turns pictures into the input of one backbone. One per thread: it may keep buffers. */
@FunctionalInterface
public interface PictureReader {
    /**
     * Reads one picture.
     *
     * @param target takes the uint8 {@code [size, size, 3]} RGB from its beginning, and is flipped
     * @throws UnreadableImageException if it is not a whole, sound JPEG
     */
    void read(byte[] jpeg, ByteBuffer target) throws UnreadableImageException;
}
