package io.headwater.inference.v2.infer;

import java.time.Duration;

/**
 * How requests are answered.
 *
 * @param threads images that are worked on at the same time
 * @param maxRequests requests that are inside at the same time
 * @param maxBody bytes of one body
 * @param maxBytes bytes of all bodies that are inside
 * @param maxImages images of one request
 * @param timeout from the first byte to the answer
 */
public record InferSettings(
        int threads, int maxRequests, long maxBody, long maxBytes, int maxImages, Duration timeout) {
    // Lengths of bodies are whole numbers of 32 bits.
    private static final long LARGEST_BODY = 1L << 30;

    /** Fails with a sentence that names the key. */
    public InferSettings {
        atLeastOne("threads", threads);
        atLeastOne("max-requests", maxRequests);
        atLeastOne("max-images", maxImages);
        if (maxBody < 1 || maxBody > LARGEST_BODY) {
            throw new IllegalArgumentException(
                    "headwater.v2.max-body is " + maxBody + " bytes, but must be from 1 to " + LARGEST_BODY);
        }
        if (maxBytes < maxBody) {
            throw new IllegalArgumentException("headwater.v2.max-bytes is " + maxBytes
                    + " bytes, but must be at least headwater.v2.max-body, " + maxBody);
        }
        if (timeout.isNegative() || timeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "headwater.v2.timeout is " + timeout + ", but must be at least a millisecond");
        }
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("headwater.v2." + key + " is " + value + ", but must be at least 1");
        }
    }
}
