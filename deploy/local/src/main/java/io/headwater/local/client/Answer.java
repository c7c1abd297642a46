package io.headwater.local.client;

import java.time.Duration;

/** What the front door said to an image or a label. */
public sealed interface Answer {

    /**
     * It is safe in Kafka.
     *
     * @param id the image's id
     */
    record Accepted(String id) implements Answer {}

    /**
     * It will never be taken like this.
     *
     * @param status HTTP status
     * @param detail why, for people
     */
    record Refused(int status, String detail) implements Answer {}

    /**
     * Not now; the same request may succeed later.
     *
     * @param retryAfter how long the service wants to be left alone
     */
    record Busy(Duration retryAfter) implements Answer {}
}
