package io.headwater.inference.stream;

/**
 * An image whose prediction is committed.
 *
 * @param partition of {@code images}
 * @param offset there
 * @param key the image id, UTF-8
 * @param image ImageIngested, serialised
 * @param prediction ImageClassified, serialised
 */
@SuppressWarnings("ArrayRecordComponent") // what is in memory anyway, never compared
public record CommittedImage(int partition, long offset, byte[] key, byte[] image, byte[] prediction) {}
