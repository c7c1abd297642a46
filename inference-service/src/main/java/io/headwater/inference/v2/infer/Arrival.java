package io.headwater.inference.v2.infer;

import io.headwater.inference.v2.protocol.Body;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param version that is asked for; the stable one where there is none
 * @param jsonLength the header Inference-Header-Content-Length
 * @param jpeg whether the body of a request without JSON is a JPEG, and not pixels
 * @param body its bytes; whoever answers closes them
 */
public record Arrival(Optional<String> version, Optional<String> jsonLength, boolean jpeg, Body body) {}
