package io.headwater.inference.stream;

import java.nio.ByteBuffer;
import java.time.Instant;

/** An image between the two stages of its way. */
sealed interface DecodedImage {
    /**
     * Ready for the backbone.
     *
     * @param imageId its id
     * @param ingestedAt when it was accepted
     * @param pixels of whoever decoded it, until the next image
     * @param decodeNanos how long that took
     */
    record Ready(String imageId, Instant ingestedAt, ByteBuffer pixels, long decodeNanos) implements DecodedImage {}

    /** It goes no further. */
    record Unreadable(Outcome.Rejected why) implements DecodedImage {}
}
