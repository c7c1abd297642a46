package io.headwater.inference.v2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.inference.v2.protocol.ProtocolException;
import io.headwater.inference.v2.protocol.ResponseWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** Sends answers as the protocol has them. */
final class Replies {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CharSequence HEADER_LENGTH = HttpHeaders.createOptimized("Inference-Header-Content-Length");
    private static final CharSequence JSON_TYPE = HttpHeaders.createOptimized("application/json");
    private static final CharSequence BINARY_TYPE = HttpHeaders.createOptimized("application/octet-stream");

    private Replies() {}

    static void send(HttpServerResponse response, int status, Object body) {
        try {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, JSON_TYPE)
                    .end(Buffer.buffer(JSON.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("could not be written as JSON: " + body, e);
        }
    }

    /** The protocol's own error object. */
    static void refuse(HttpServerResponse response, ProtocolException why) {
        if (why.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        send(response, why.status(), Map.of("error", why.getMessage()));
    }

    static void send(HttpServerResponse response, ResponseWriter.Written written) {
        if (written.hasBinary()) {
            response.putHeader(HEADER_LENGTH, Integer.toString(written.jsonLength()));
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, written.hasBinary() ? BINARY_TYPE : JSON_TYPE)
                .end(Buffer.buffer(written.body()));
    }
}
