package io.headwater.inference.v2.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A request for inference.
 *
 * @param id the client's, to be returned
 * @param image the one input
 * @param outputs those that are wanted; empty means the model's usual ones
 * @param binaryOutput whether outputs that say nothing of it are to be binary
 */
public record InferRequest(
        Optional<String> id, InputTensor image, List<RequestedOutput> outputs, boolean binaryOutput) {}
