/** What goes over the wire in the Open Inference Protocol, version 2: requests, tensors and responses, as JSON and with binary tensor data. */
package io.headwater.inference.v2.protocol;
