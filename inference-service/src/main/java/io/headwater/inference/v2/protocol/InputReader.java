package io.headwater.inference.v2.protocol;

import static io.headwater.inference.v2.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one input of a request. Its fields may come in any order. */
final class InputReader {
    private static final int MOST_DIMENSIONS = 16;

    private final Fields fields;
    private final Body body;
    private final int jsonLength;
    private final int mostTexts;
    private final Parameters parameters = new Parameters();

    private Optional<String> name = Optional.empty();
    private Optional<String> datatype = Optional.empty();
    private Optional<List<Long>> shape = Optional.empty();
    private Optional<TensorData> data = Optional.empty();

    InputReader(Fields fields, Body body, int jsonLength, int mostTexts) {
        this.fields = fields;
        this.body = body;
        this.jsonLength = jsonLength;
        this.mostTexts = mostTexts;
    }

    /** Reads the object at which the fields are. */
    InputTensor read() throws IOException, ProtocolException {
        fields.each("inputs", this::field);
        if (name.isEmpty() || datatype.isEmpty() || shape.isEmpty()) {
            throw badRequest("an input needs a name, a datatype and a shape");
        }
        return new InputTensor(name.get(), datatype.get(), shape.get(), contents(name.get()));
    }

    private void field(String field) throws IOException, ProtocolException {
        switch (field) {
            case "name" -> name = Optional.of(fields.text("the name of an input"));
            case "datatype" -> datatype = Optional.of(fields.text("the datatype of an input"));
            case "shape" -> shape = Optional.of(shape());
            case "data" -> data = Optional.of(data());
            case "parameters" -> parameters.read(fields);
            default -> fields.skip();
        }
    }

    private TensorData contents(String input) throws ProtocolException {
        int behind = body.length() - jsonLength;
        if (parameters.binaryDataSize().isPresent()) {
            long announced = parameters.binaryDataSize().getAsLong();
            if (data.isPresent()) {
                throw badRequest("input " + input + " has both data and the parameter binary_data_size");
            }
            if (announced != behind) {
                throw badRequest("input " + input + " has a binary_data_size of " + announced + ", but there are "
                        + behind + " bytes behind the JSON object");
            }
            return new TensorData.Binary(body.rest(jsonLength));
        }
        if (behind > 0) {
            throw badRequest("there are " + behind
                    + " bytes behind the JSON object, but no input has the parameter binary_data_size");
        }
        return data.orElseThrow(
                () -> badRequest("input " + input + " has neither data nor the parameter binary_data_size"));
    }

    private List<Long> shape() throws IOException, ProtocolException {
        fields.require(JsonToken.START_ARRAY, "shape", "an array");
        List<Long> dimensions = new ArrayList<>();
        while (fields.next() != JsonToken.END_ARRAY) {
            long dimension = fields.whole("a dimension of a shape");
            if (dimension < 0) {
                throw badRequest("a dimension of a shape is " + dimension + ", but can't be negative");
            }
            if (dimensions.size() == MOST_DIMENSIONS) {
                throw badRequest("a shape has more than " + MOST_DIMENSIONS + " dimensions");
            }
            dimensions.add(dimension);
        }
        return List.copyOf(dimensions);
    }

    /** An array of arrays means the same as a flat one: row by row. */
    private TensorData data() throws IOException, ProtocolException {
        fields.require(JsonToken.START_ARRAY, "data", "an array");
        var numbers = body.numbers();
        List<String> texts = new ArrayList<>();
        Optional<String> notAByte = Optional.empty();
        for (int depth = 1; depth > 0; ) {
            JsonToken token = fields.next();
            if (token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING) {
                addText(texts);
            } else if (token == JsonToken.START_OBJECT) {
                throw badRequest("data holds an object, but can only hold numbers or strings");
            } else {
                int value = fields.unsignedByte();
                if (value < 0 && notAByte.isEmpty()) {
                    notAByte = Optional.of(fields.quote());
                }
                numbers.writeByte(value);
            }
        }
        if (!texts.isEmpty() && numbers.isReadable()) {
            throw badRequest("data holds both strings and other things");
        }
        return texts.isEmpty()
                ? new TensorData.Numbers(body.numbersRead(), notAByte)
                : new TensorData.Texts(List.copyOf(texts));
    }

    private void addText(List<String> texts) throws IOException, ProtocolException {
        if (texts.size() == mostTexts) {
            throw badRequest("a tensor has more than " + mostTexts + " strings");
        }
        texts.add(fields.text("data"));
    }
}
