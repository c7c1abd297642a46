package io.headwater.inference.v2.infer;

import io.headwater.inference.v2.protocol.ProtocolException;
import io.headwater.inference.v2.protocol.ResponseWriter;

/** What becomes of a request. */
public sealed interface Reply {
    /**
     * It is answered.
     *
     * @param images that it had
     */
    record Result(ResponseWriter.Written written, int images) implements Reply {}

    /** It is not. */
    record Refusal(ProtocolException why) implements Reply {}
}
