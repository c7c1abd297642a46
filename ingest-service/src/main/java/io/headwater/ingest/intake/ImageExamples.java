package io.headwater.ingest.intake;

/** What the OpenAPI document shows of the answers about one image. */
final class ImageExamples {
    static final String ACCEPTED =
            """
            {"id": "2f1e7c0b9a6d4e35b8c1f0a2d3e4b5c6", "width": 341, "height": 256, "label": "tulip"}""";
    static final String CLASSIFIED =
            """
            {"id": "2f1e7c0b9a6d4e35b8c1f0a2d3e4b5c6", "width": 341, "height": 256,
             "prediction": {"generation": 9, "version": 4, "label": "tulip", "confidence": 0.93, "canary": false,
                            "top": [{"label": "tulip", "probability": 0.93}, {"label": "rose", "probability": 0.05}],
                            "classifiedAt": "2026-05-04T10:15:30.123Z"}}""";
    static final String JSON =
            """
            {"image": "/9j/4AAQSkZJRgABAQ...", "id": "camera-7-0001", "label": "tulip", "source": "camera 7"}""";
    static final String INVALID_ID =
            """
            {"type": "urn:headwater:problem:invalid-id", "title": "The image id is not valid", "status": 400,
             "detail": "an image id is 1 to 128 of the characters A-Z a-z 0-9 . _ ~ - and neither . nor ..",
             "instance": "/images"}""";
    static final String TOO_SLOW =
            """
            {"type": "urn:headwater:problem:too-slow", "title": "The upload is too slow", "status": 408,
             "detail": "the body did not come within 60000 ms (headwater.intake.upload-timeout)",
             "instance": "/images"}""";
    static final String TOO_LARGE =
            """
            {"type": "urn:headwater:problem:too-large", "title": "The upload is too large", "status": 413,
             "detail": "an image may have at most 20971520 bytes (headwater.intake.max-bytes)",
             "instance": "/images"}""";
    static final String UNSUPPORTED =
            """
            {"type": "urn:headwater:problem:unsupported-image", "title": "The image type is not supported",
             "status": 415, "detail": "the upload is a PDF document; JPEG, PNG, WebP, GIF, BMP and TIFF are accepted",
             "instance": "/images"}""";
    static final String CORRUPT =
            """
            {"type": "urn:headwater:problem:corrupt-image", "title": "The image is damaged", "status": 422,
             "detail": "the upload looks like a JPEG, but it ends before its end-of-image marker, so a part of it is missing",
             "instance": "/images"}""";
    static final String KEY_REUSED =
            """
            {"type": "urn:headwater:problem:key-reused", "title": "The Idempotency-Key stands for other bytes",
             "status": 422,
             "detail": "the key camera-7-0001 has come with other bytes before; a key stands for one picture",
             "instance": "/images"}""";
    static final String UNAVAILABLE =
            """
            {"type": "urn:headwater:problem:stream-unavailable", "title": "Kafka is not available", "status": 503,
             "detail": "Kafka did not acknowledge within 15 s; send the same again later", "instance": "/images"}""";

    private ImageExamples() {}
}
