package io.headwater.trainer.quality;

import io.headwater.artifacts.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An image id in 16 bytes: the first half of its SHA-256. An order of these is an order that no one chose.
 *
 * @param high the first eight bytes
 * @param low the second eight bytes
 */
record ImageKey(long high, long low) implements Comparable<ImageKey> {
    static ImageKey of(String imageId) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.digest().digest(imageId.getBytes(StandardCharsets.UTF_8)));
        return new ImageKey(hash.getLong(), hash.getLong());
    }

    @Override
    public int compareTo(ImageKey other) {
        int order = Long.compare(high, other.high);
        return order == 0 ? Long.compare(low, other.low) : order;
    }
}
