package io.headwater.inference.v2.protocol;

import java.util.List;

/**
 * An output tensor, row major.
 *
 * @param name of the output
 * @param shape dimensions
 * @param data its contents
 * @param binary whether the data follows the JSON object
 */
public record OutputTensor(String name, List<Integer> shape, Data data, boolean binary) {

    /** Contents. */
    public sealed interface Data {
        /** The protocol's name of the type of the elements. */
        String datatype();
    }

    /** FP32; one array a row. */
    public record Floats(List<float[]> rows) implements Data {
        @Override
        public String datatype() {
            return "FP32";
        }
    }

    /** BYTES. */
    public record Texts(List<String> texts) implements Data {
        @Override
        public String datatype() {
            return "BYTES";
        }
    }
}
