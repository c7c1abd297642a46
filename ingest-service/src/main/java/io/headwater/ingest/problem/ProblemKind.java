package io.headwater.ingest.problem;

/** Every problem that this service itself finds with a request. */
public enum ProblemKind {
    /** The body has no bytes. */
    EMPTY_BODY(400, "empty-body", "The body is empty"),
    /** An id that can't be a key. */
    INVALID_ID(400, "invalid-id", "The image id is not valid"),
    /** A label that can't be a class name. */
    INVALID_LABEL(400, "invalid-label", "The label is not valid"),
    /** Another parameter is not as it must be. */
    INVALID_PARAMETER(400, "invalid-parameter", "A parameter is not valid"),
    /** The request can't be read. */
    MALFORMED_REQUEST(400, "malformed-request", "The request can't be read"),
    /** The caller may not do that. */
    FORBIDDEN(403, "forbidden", "The caller may not do that"),
    /** The body comes too slowly. */
    TOO_SLOW(408, "too-slow", "The upload is too slow"),
    /** Too many bytes. */
    TOO_LARGE(413, "too-large", "The upload is too large"),
    /** Too many pixels. */
    TOO_MANY_PIXELS(413, "too-many-pixels", "The image has too many pixels"),
    /** Not an image, or of another type. */
    UNSUPPORTED_IMAGE(415, "unsupported-image", "The image type is not supported"),
    /** Nothing that is known as a batch. */
    UNSUPPORTED_BATCH(415, "unsupported-batch", "The batch type is not supported"),
    /** An event that is neither an image nor a label. */
    UNSUPPORTED_EVENT(415, "unsupported-event", "The event is not supported"),
    /** A batch that can't be read any further. */
    BROKEN_BATCH(422, "broken-batch", "The batch can't be read to its end"),
    /** Cut off or damaged. */
    CORRUPT_IMAGE(422, "corrupt-image", "The image is damaged"),
    /** Made to keep a decoder busy. */
    TOO_COSTLY(422, "too-costly", "The image takes too long to decode"),
    /** The client's key stands for another picture. */
    KEY_REUSED(422, "key-reused", "The Idempotency-Key stands for other bytes"),
    /** A mistake of ours. */
    INTERNAL(500, "internal-error", "The service failed"),
    /** Kafka does not take it now. */
    STREAM_UNAVAILABLE(503, "stream-unavailable", "Kafka is not available"),
    /** The artifact store does not take an original. */
    STORE_UNAVAILABLE(503, "store-unavailable", "The artifact store is not available"),
    /** All decoders, or all the memory for uploads, are taken. */
    BUSY(503, "busy", "The service is busy");

    private final int status;
    private final String slug;
    private final String title;

    ProblemKind(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    int status() {
        return status;
    }

    String slug() {
        return slug;
    }

    String title() {
        return title;
    }
}
