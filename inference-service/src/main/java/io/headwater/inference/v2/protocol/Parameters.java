package io.headwater.inference.v2.protocol;

import static io.headwater.inference.v2.protocol.ProtocolException.badRequest;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The parameters of a request, an input or an output that mean something here; others are for other servers. */
final class Parameters {
    private OptionalLong binaryDataSize = OptionalLong.empty();
    private Optional<Boolean> binaryData = Optional.empty();
    private Optional<Boolean> binaryDataOutput = Optional.empty();
    private OptionalInt classification = OptionalInt.empty();

    /** Reads the object at which the fields are. */
    void read(Fields fields) throws IOException, ProtocolException {
        fields.each("parameters", name -> {
            switch (name) {
                case "binary_data_size" -> binaryDataSize = OptionalLong.of(fields.whole(name));
                case "binary_data" -> binaryData = Optional.of(fields.truth(name));
                case "binary_data_output" -> binaryDataOutput = Optional.of(fields.truth(name));
                case "classification" -> classification = OptionalInt.of(classes(fields.whole(name)));
                case "shared_memory_region" -> throw badRequest("this server has no shared memory with its clients");
                default -> fields.skip();
            }
        });
    }

    private static int classes(long count) throws ProtocolException {
        if (count < 1) {
            throw badRequest("classification is " + count + ", but must be at least 1");
        }
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    /** Bytes behind the JSON object. */
    OptionalLong binaryDataSize() {
        return binaryDataSize;
    }

    /** Whether this output is wanted behind the JSON object. */
    Optional<Boolean> binaryData() {
        return binaryData;
    }

    /** Whether all outputs are. */
    boolean binaryDataOutput() {
        return binaryDataOutput.orElse(false);
    }

    /** How many of the best classes are wanted. */
    OptionalInt classification() {
        return classification;
    }
}
