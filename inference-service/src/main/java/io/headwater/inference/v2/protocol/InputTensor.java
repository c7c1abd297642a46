package io.headwater.inference.v2.protocol;

import java.util.List;

/**
 * An input as the client describes it; nothing of it has been compared with the model yet.
 *
 * @param name of the input
 * @param datatype one of the protocol's names, such as {@code UINT8}, or something else
 * @param shape dimensions; none is negative
 * @param data its contents
 */
public record InputTensor(String name, String datatype, List<Long> shape, TensorData data) {}
