package io.headwater.inference.v2.infer;

import static io.headwater.inference.v2.protocol.ProtocolException.badRequest;

import io.headwater.inference.v2.model.Catalogue;
import io.headwater.inference.v2.model.ServedVersion;
import io.headwater.inference.v2.protocol.InferRequest;
import io.headwater.inference.v2.protocol.InferResponse;
import io.headwater.inference.v2.protocol.ProtocolException;
import io.headwater.inference.v2.protocol.RequestReader;
import io.headwater.inference.v2.protocol.ResponseWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A request that has been understood.
 *
 * @param id the client's
 * @param served what answers it
 * @param images what it is about
 * @param answers what it asks for
 */
record Plan(Optional<String> id, ServedVersion served, Images images, Answers answers) {

    /**
     * Reads and checks a request.
     *
     * @param most images
     * @throws ProtocolException if it can't be answered
     */
    static Plan of(Arrival arrival, ServedVersion served, RequestReader reader, int most) throws ProtocolException {
        int jsonLength = jsonLength(arrival);
        if (jsonLength == 0) {
            return withoutJson(arrival, served, most);
        }
        InferRequest request = reader.read(arrival.body(), jsonLength);
        Images images = Images.of(request.image(), served.inputSize(), most);
        return new Plan(
                request.id(), served, images, new Answers(request.outputs(), request.binaryOutput(), images.count()));
    }

    /** Triton's raw binary request: the model has one input, so the body can be its contents and nothing else. */
    private static Plan withoutJson(Arrival arrival, ServedVersion served, int most) throws ProtocolException {
        ByteBuffer bytes = arrival.body().rest(0);
        Images images;
        if (arrival.jpeg()) {
            byte[] jpeg = new byte[bytes.remaining()];
            bytes.get(jpeg);
            images = new Images.Encoded(List.of(jpeg));
        } else {
            images = Images.raw(bytes, served.inputSize(), most);
        }
        return new Plan(Optional.empty(), served, images, new Answers(List.of(), false, images.count()));
    }

    private static int jsonLength(Arrival arrival) throws ProtocolException {
        int body = arrival.body().length();
        if (arrival.jsonLength().isEmpty()) {
            if (body == 0) {
                throw badRequest("the request has no body");
            }
            return body;
        }
        long length;
        try {
            length = Long.parseLong(arrival.jsonLength().get().strip());
        } catch (NumberFormatException e) {
            throw badRequest("Inference-Header-Content-Length is not a whole number");
        }
        if (length < 0 || length > body) {
            throw badRequest("Inference-Header-Content-Length is " + length + ", but the body has " + body + " bytes");
        }
        return (int) length;
    }

    /** The response, when every image is answered. */
    ResponseWriter.Written response() {
        return ResponseWriter.write(
                new InferResponse(Catalogue.NAME, served.version(), id, answers.tensors(served.labels())));
    }
}
