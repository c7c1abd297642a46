package io.headwater.ingest.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much of batches is worked on at once. */
@ConfigMapping(prefix = "headwater.batch")
public interface BatchConfig {
    /** Batches at the same time; one more is turned away with 503. */
    @WithDefault("8")
    int concurrency();

    /** Items of one batch that have been read and whose line has not been written. */
    @WithDefault("64")
    int window();

    /** Items of one batch, directories of an archive counted too; the rest is not read. */
    @WithDefault("1000000")
    long maxItems();

    /** How long a client may take to read a line before its connection is closed. */
    @WithDefault("30S")
    Duration writeTimeout();

    /** What a 503 tells the client to wait (Retry-After). */
    @WithDefault("10S")
    Duration retryAfter();
}
