package io.headwater.inference.predictions;

/**
 * What is kept of the newest predictions.
 *
 * @param count most of them
 * @param bytes most memory for them
 * @param pictureBytes most memory for their pictures; 0 keeps none
 * @param clients most listeners of the stream at a time
 */
record RecentSettings(int count, long bytes, long pictureBytes, int clients) {
    private static final int MOST = 1_000_000;
    private static final int MOST_CLIENTS = 1_000;
    private static final long LEAST_BYTES = 64 * 1024;

    /** Fails with a sentence that names the key. */
    RecentSettings {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(
                    "headwater.predictions.recent is " + count + ", but must be from 1 to " + MOST);
        }
        if (bytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "headwater.predictions.recent-bytes is " + bytes + ", but must be at least 64K");
        }
        if (pictureBytes < 0) {
            throw new IllegalArgumentException(
                    "headwater.predictions.picture-bytes is " + pictureBytes + ", but must be 0 (none) or more");
        }
        if (clients < 0 || clients > MOST_CLIENTS) {
            throw new IllegalArgumentException(
                    "headwater.predictions.stream-clients is " + clients + ", but must be from 0 to " + MOST_CLIENTS);
        }
    }
}
