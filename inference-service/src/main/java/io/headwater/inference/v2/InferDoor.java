package io.headwater.inference.v2;

import io.headwater.inference.v2.infer.Admission;
import io.headwater.inference.v2.infer.InferPool;
import io.headwater.inference.v2.infer.InferSettings;

/**
 * What all requests for inference share.
 *
 * @param admission how many may be inside
 * @param pool what answers them
 */
record InferDoor(InferSettings settings, Admission admission, InferPool pool, V2Metrics metrics) {}
