package io.headwater.benchmarks.decoding;

import io.headwater.inference.picture.UnreadableImageException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One way from a JPEG to the input of a backbone. */
@FunctionalInterface
interface Reading {
    /** Puts uint8 {@code [size, size, 3]} RGB into the target. */
    void read(byte[] jpeg, ByteBuffer target) throws IOException, UnreadableImageException;
}
