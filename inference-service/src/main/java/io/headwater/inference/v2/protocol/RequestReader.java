package io.headwater.inference.v2.protocol;

import static io.headwater.inference.v2.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads requests for inference: a JSON object, and behind it the binary data of its tensor. Thread safe. */
public final class RequestReader {
    private static final int DEEPEST = 64;
    private static final int MOST_OUTPUTS = 16;

    private final JsonFactory json;
    private final int mostTexts;

    /**
     * @param mostTexts strings in one tensor
     * @param longestText characters of one string
     */
    public RequestReader(int mostTexts, int longestText) {
        this.mostTexts = mostTexts;
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(longestText)
                        .build())
                .build();
    }

    /**
     * Reads a request.
     *
     * @param body stays open; what is returned looks into it
     * @param jsonLength bytes of the JSON object
     * @throws ProtocolException if it is not a request, or contradicts itself
     */
    public InferRequest read(Body body, int jsonLength) throws ProtocolException {
        try (JsonParser parser = json.createParser(body.json(jsonLength))) {
            parser.nextToken();
            InferRequest request = new Reading(new Fields(parser), body, jsonLength, mostTexts).read();
            if (parser.nextToken() != null) {
                throw badRequest("there is something behind the JSON object; with binary tensor data the header"
                        + " Inference-Header-Content-Length tells where the JSON object ends");
            }
            return request;
        } catch (JsonProcessingException e) {
            throw badRequest("the request is not the JSON that it should be: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw badRequest("the request can't be read: " + e.getMessage());
        }
    }

    /** The object on top. */
    private static final class Reading {
        private final Fields fields;
        private final Body body;
        private final int jsonLength;
        private final int mostTexts;
        private final Parameters parameters = new Parameters();
        private final List<Asked> outputs = new ArrayList<>();

        private Optional<String> id = Optional.empty();
        private Optional<InputTensor> input = Optional.empty();

        Reading(Fields fields, Body body, int jsonLength, int mostTexts) {
            this.fields = fields;
            this.body = body;
            this.jsonLength = jsonLength;
            this.mostTexts = mostTexts;
        }

        private record Asked(String name, Parameters parameters) {}

        InferRequest read() throws IOException, ProtocolException {
            fields.each("the request", this::field);
            boolean binary = parameters.binaryDataOutput();
            return new InferRequest(
                    id,
                    input.orElseThrow(() -> badRequest("the request has no inputs")),
                    outputs.stream()
                            .map(output -> new RequestedOutput(
                                    output.name(),
                                    output.parameters().binaryData().orElse(binary),
                                    output.parameters().classification()))
                            .toList(),
                    binary);
        }

        private void field(String field) throws IOException, ProtocolException {
            switch (field) {
                case "id" -> id = Optional.of(fields.text(field));
                case "inputs" -> readInput();
                case "outputs" -> readOutputs();
                case "parameters" -> parameters.read(fields);
                default -> fields.skip();
            }
        }

        private void readInput() throws IOException, ProtocolException {
            fields.require(JsonToken.START_ARRAY, "inputs", "an array");
            while (fields.next() != JsonToken.END_ARRAY) {
                if (input.isPresent()) {
                    throw badRequest("the model has one input, but the request has more");
                }
                input = Optional.of(new InputReader(fields, body, jsonLength, mostTexts).read());
            }
        }

        private void readOutputs() throws IOException, ProtocolException {
            fields.require(JsonToken.START_ARRAY, "outputs", "an array");
            while (fields.next() != JsonToken.END_ARRAY) {
                if (outputs.size() == MOST_OUTPUTS) {
                    throw badRequest("the request asks for more than " + MOST_OUTPUTS + " outputs");
                }
                outputs.add(output());
            }
        }

        private Asked output() throws IOException, ProtocolException {
            Parameters own = new Parameters();
            List<String> name = new ArrayList<>();
            fields.each("outputs", field -> {
                switch (field) {
                    case "name" -> name.add(fields.text("the name of an output"));
                    case "parameters" -> own.read(fields);
                    default -> fields.skip();
                }
            });
            if (name.isEmpty()) {
                throw badRequest("an output needs a name");
            }
            return new Asked(name.get(0), own);
        }
    }
}
