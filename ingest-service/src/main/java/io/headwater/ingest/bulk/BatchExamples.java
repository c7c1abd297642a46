package io.headwater.ingest.bulk;

/** What the OpenAPI document shows of the answers to a batch of images. */
final class BatchExamples {
    static final String WHOLE =
            """
            {"line":1,"name":"tulip/1.jpg","status":202,"id":"2f1e7c0b9a6d4e35b8c1f0a2d3e4b5c6","label":"tulip"}
            {"line":2,"name":"tulip/notes.txt","status":415,"problem":{"type":"urn:headwater:problem:unsupported-image","title":"The image type is not supported","status":415,"detail":"the upload is not an image of a known type; JPEG, PNG, WebP, GIF, BMP and TIFF are accepted","instance":"/images:batch"}}
            {"complete":true,"accepted":1,"refused":1}
            """;
    static final String CUT_OFF =
            """
            {"line":1,"name":"tulip/1.jpg","status":202,"id":"2f1e7c0b9a6d4e35b8c1f0a2d3e4b5c6","label":"tulip"}
            {"complete":false,"accepted":1,"refused":0,"problem":{"type":"urn:headwater:problem:broken-batch","title":"The batch can't be read to its end","status":422,"detail":"the batch ends early or is damaged (Truncated TAR archive); what comes after it was not read","instance":"/images:batch"}}
            """;
    static final String EMPTY =
            """
            {"type": "urn:headwater:problem:empty-body", "title": "The body is empty", "status": 400,
             "detail": "the body is empty; send a tar, a zip or lines of JSON", "instance": "/images:batch"}""";
    static final String UNSUPPORTED =
            """
            {"type": "urn:headwater:problem:unsupported-batch", "title": "The batch type is not supported", "status": 415,
             "detail": "the body is none of the batches that are known: a tar (also with gzip), a zip, a form, or lines of JSON objects",
             "instance": "/images:batch"}""";
    static final String BUSY =
            """
            {"type": "urn:headwater:problem:busy", "title": "The service is busy", "status": 503,
             "detail": "8 batches are being worked on (headwater.batch.concurrency); send this one again later",
             "instance": "/images:batch"}""";

    private BatchExamples() {}
}
