package io.headwater.inference.v2.protocol;

import java.util.OptionalInt;

/**
 * An output that the client asks for.
 *
 * @param name of the output
 * @param binary whether its data is to follow the JSON object instead of being in it
 * @param classification how many of the best classes are wanted instead of the numbers
 */
public record RequestedOutput(String name, boolean binary, OptionalInt classification) {}
