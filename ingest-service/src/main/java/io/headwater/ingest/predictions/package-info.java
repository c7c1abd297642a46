/** What the inference-service says of images, for the requests that wait for it. */
package io.headwater.ingest.predictions;
