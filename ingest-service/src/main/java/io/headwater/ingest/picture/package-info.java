/**
 * Makes of any upload the picture that the rest of Headwater sees: upright, small, sRGB, without metadata.
 *
 * <p>Nothing here knows HTTP or Kafka.
 */
package io.headwater.ingest.picture;
