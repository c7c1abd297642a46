package io.headwater.inference.stream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The pixels of pictures that are decoded and not embedded yet, in a fixed number of direct buffers: whoever decodes waits
 * for one, so decoding never runs far ahead.
 */
final class PixelBuffers {
    private final BlockingQueue<ByteBuffer> free;

    PixelBuffers(int count) {
        this.free = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            free.add(ByteBuffer.allocateDirect(0));
        }
    }

    /** Waits for a buffer of {@code bytes} bytes in native order; it has to be given back. */
    ByteBuffer take(int bytes) throws InterruptedException {
        ByteBuffer buffer = free.take();
        // It may be new, or from a backbone whose pictures have another size.
        return buffer.capacity() == bytes
                ? buffer
                : ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    void giveBack(ByteBuffer buffer) {
        free.add(buffer);
    }
}
