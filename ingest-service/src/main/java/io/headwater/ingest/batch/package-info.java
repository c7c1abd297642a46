/**
 * Batches: one request of many items, each of which is answered with a line of its own as soon as it is done, while the
 * others are still coming. What the items are is for others to say.
 */
package io.headwater.ingest.batch;
