package io.headwater.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of an embedding: float32, little endian. */
public final class EmbeddingVector {
    private EmbeddingVector() {}

    /** The bytes of {@code vector}, in a buffer of their own. */
    public static ByteBuffer toBytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes;
    }

    /**
     * Writes the numbers of {@code bytes} into {@code target} from {@code offset} on; the position of {@code bytes} stays.
     *
     * @throws EventFormatException if the bytes are not a whole number of float32
     * @throws IndexOutOfBoundsException if {@code target} is too short
     */
    public static void read(ByteBuffer bytes, float[] target, int offset) {
        int dimension = dimension(bytes);
        if (offset < 0 || offset + dimension > target.length) {
            throw new IndexOutOfBoundsException(
                    dimension + " numbers do not fit into " + target.length + " from " + offset + " on");
        }
        bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(target, offset, dimension);
    }

    /**
     * D, the number of values.
     *
     * @throws EventFormatException if the bytes are not a whole number of float32
     */
    public static int dimension(ByteBuffer bytes) {
        if (bytes.remaining() % Float.BYTES != 0) {
            throw new EventFormatException(
                    "an embedding is a sequence of float32, but these are " + bytes.remaining() + " bytes");
        }
        return bytes.remaining() / Float.BYTES;
    }
}
