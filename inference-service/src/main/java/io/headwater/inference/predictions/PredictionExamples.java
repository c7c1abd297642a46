package io.headwater.inference.predictions;

/** What the OpenAPI document shows. */
final class PredictionExamples {
    static final String ONE =
            """
            {"imageId": "leaf-4711", "version": 3, "generation": 12, "canary": false, "label": "oak", "confidence": 0.93,
             "top": [{"label": "oak", "probability": 0.93}, {"label": "beech", "probability": 0.05}],
             "shadows": [{"version": 4, "label": "oak", "confidence": 0.97}],
             "timings": {"decodeMicros": 980, "embedMicros": 3900, "scoreMicros": 40},
             "ingestedAt": "2026-11-24T19:00:00.120Z", "classifiedAt": "2026-11-24T19:00:00.161Z",
             "partition": 2, "offset": 90210, "thumbnail": true}""";
    static final String LIST = "[" + ONE + "]";
    static final String STREAM =
            """
            id: mhx3k2a1-4711
            event: prediction
            data: {"imageId": "leaf-4711", "version": 3, "label": "oak", "confidence": 0.93}

            id: mhx3k2a1-9000
            event: lost
            data: {"count": 312}
            """;
    static final String BAD_LIMIT =
            """
            {"title": "Bad Request", "status": 400, "detail": "The limit is 0, but must be from 1 to 500."}""";
    static final String BAD_FILTER =
            """
            {"title": "Bad Request", "status": 400, "detail": "confidence-below is 60%, but must be from 0 to 1, such as 0.6."}""";
    static final String FULL =
            """
            {"title": "Service Unavailable", "status": 503, "detail": "There are 16 listeners already, as many as headwater.predictions.stream-clients allows."}""";
    static final String UNKNOWN =
            """
            {"title": "Not Found", "status": 404, "detail": "'leaf-4711' is not among the newest predictions that this instance keeps (at most 10000), or its picture is not. It may be older, not classified yet, or with the instance that has partition 2 of images."}""";

    private PredictionExamples() {}
}
