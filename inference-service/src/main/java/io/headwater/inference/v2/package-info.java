/**
 * The synchronous door: the Open Inference Protocol, version 2, over HTTP. {@code protocol} is what goes over the wire,
 * {@code model} what there is to ask, {@code infer} how it is answered; this package listens.
 */
package io.headwater.inference.v2;
