/** The way of an upload: bounded reading, normalising, identity, events, answer. */
package io.headwater.ingest.intake;
