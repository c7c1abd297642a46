/** How much of ONNX Runtime's bare speed is left when the images come through Kafka. */
package io.headwater.benchmarks.inference;
