package io.headwater.inference.v2.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The contents of an input tensor, in one of the forms in which they can arrive. */
public sealed interface TensorData {
    /**
     * Bytes from behind the JSON object, or a body without one.
     *
     * @param bytes direct, native order, from position to limit
     */
    record Binary(ByteBuffer bytes) implements TensorData {}

    /**
     * Numbers of the JSON object, row by row, each kept as one byte.
     *
     * @param bytes direct, native order, from position to limit
     * @param notAByte the first one that is not a whole number from 0 to 255
     */
    record Numbers(ByteBuffer bytes, Optional<String> notAByte) implements TensorData {}

    /** Strings of the JSON object. */
    record Texts(List<String> texts) implements TensorData {}
}
