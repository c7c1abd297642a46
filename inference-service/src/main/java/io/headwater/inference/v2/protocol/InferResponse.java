package io.headwater.inference.v2.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A result.
 *
 * @param model name
 * @param version the one that answered
 * @param id of the request
 * @param outputs in the order in which they were asked for
 */
public record InferResponse(String model, String version, Optional<String> id, List<OutputTensor> outputs) {}
