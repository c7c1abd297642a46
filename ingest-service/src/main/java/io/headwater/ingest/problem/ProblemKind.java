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
    /** Too many bytes. */
    TOO_LARGE(413, "too-large", "The upload is too large"),
    /** Too many pixels. */
    TOO_MANY_PIXELS(413, "too-many-pixels", "The image has too many pixels"),
    /** Not an image, or of another type. */
    UNSUPPORTED_IMAGE(415, "unsupported-image", "The image type is not supported"),
    /** Cut off or damaged. */
    CORRUPT_IMAGE(422, "corrupt-image", "The image is damaged"),
    /** A mistake of ours. */
    INTERNAL(500, "internal-error", "The service failed"),
    /** Kafka does not take it now. */
    STREAM_UNAVAILABLE(503, "stream-unavailable", "Kafka is not available"),
    /** All decoders are taken. */
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
