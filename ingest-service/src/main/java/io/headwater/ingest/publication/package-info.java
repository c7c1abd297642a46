/** The way into Kafka: topics made sure of, events acknowledged by the broker or refused. */
package io.headwater.ingest.publication;
