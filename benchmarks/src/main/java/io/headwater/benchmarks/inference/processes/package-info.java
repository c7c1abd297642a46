/** What ONNX Runtime alone loses where two processes do the work of one. */
package io.headwater.benchmarks.inference.processes;
