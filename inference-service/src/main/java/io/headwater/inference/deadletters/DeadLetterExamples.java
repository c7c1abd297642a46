package io.headwater.inference.deadletters;

/** What the OpenAPI document shows. */
final class DeadLetterExamples {
    static final String LETTER =
            """
            {"partition": 0, "offset": 17, "failedAt": "2026-11-24T18:03:11.204Z", "reason": "the picture is not a JPEG",
             "imageId": "leaf-4711", "origin": {"topic": "images", "partition": 2, "offset": 90210}, "size": 24811,
             "history": [], "replayed": null}""";
    static final String PAGE = "{\"letters\": [" + LETTER + "], \"next\": \"0-17\"}";
    static final String BAD_LIMIT =
            """
            {"title": "Bad Request", "status": 400, "detail": "The limit is 0, but must be from 1 to 200."}""";
    static final String AWAY =
            """
            {"title": "Service Unavailable", "status": 503, "detail": "Kafka does not answer: 'images.dlt' could not be read within PT10S"}""";
    static final String UNKNOWN =
            """
            {"title": "Not Found", "status": 404, "detail": "There is no dead letter 0/17, or none any more: they are kept for 30 days."}""";
    static final String REPLAY_LIST =
            """
            {"letters": [{"partition": 0, "offset": 17}, {"partition": 0, "offset": 3}]}""";
    static final String REPLAY_FILTER =
            """
            {"reasonContains": "ONNX Runtime", "since": "2026-11-24T00:00:00Z", "limit": 500, "dryRun": true}""";
    static final String REPLAYED =
            """
            {"request": "1f0e3a4c-6f0f-4a52-9a55-5f2b8f5e0a11", "at": "2026-11-24T19:00:00Z", "dryRun": false,
             "replayed": [{"partition": 0, "offset": 17, "imageId": "leaf-4711", "toPartition": 2}],
             "skipped": [{"partition": 0, "offset": 3, "why": "it is not there any more: older than the topic keeps"}],
             "more": false}""";
    static final String NOTHING_CHOSEN =
            """
            {"title": "Bad Request", "status": 400, "detail": "Nothing is chosen: give letters (a list of partition and offset), reasonContains, since, until or originPartition."}""";
    static final String HALF_WAY =
            """
            {"title": "Service Unavailable", "status": 503, "detail": "Kafka failed (Timeout expired) when 200 dead letters were back, and perhaps up to 100 more. What is back is marked: the same request again goes on with the rest."}""";

    private DeadLetterExamples() {}
}
