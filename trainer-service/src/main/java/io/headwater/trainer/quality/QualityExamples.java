package io.headwater.trainer.quality;

/** Example answers for the description of the interface. */
final class QualityExamples {
    static final String VERSION =
            """
            {"version": 7,
             "served": {"images": 4, "right": 3, "accuracy": {"value": 0.75, "low": 0.301, "high": 0.954},
               "logLoss": {"told": 0.41, "toldImages": 4, "atLeast": 0.41},
               "classes": {"cat": {"images": 3, "right": 2, "recall": {"value": 0.667, "low": 0.208, "high": 0.939}},
                 "dog": {"images": 1, "right": 1, "recall": {"value": 1.0, "low": 0.207, "high": 1.0}}},
               "confusion": [{"truth": "cat", "answer": "cat", "images": 2},
                 {"truth": "cat", "answer": "dog", "images": 1}, {"truth": "dog", "answer": "dog", "images": 1}]},
             "shadow": {"images": 0, "right": 0, "accuracy": {"value": 0.0, "low": 0.0, "high": 1.0},
               "logLoss": {"told": 0.0, "toldImages": 0, "atLeast": 0.0}, "classes": {}, "confusion": []},
             "sample": {"served": {"images": 1, "right": 1, "accuracy": {"value": 1.0, "low": 0.207, "high": 1.0},
                 "logLoss": {"told": 0.3, "toldImages": 1, "atLeast": 0.3},
                 "classes": {"dog": {"images": 1, "right": 1, "recall": {"value": 1.0, "low": 0.207, "high": 1.0}}},
                 "confusion": [{"truth": "dog", "answer": "dog", "images": 1}]},
               "shadow": {"images": 0, "right": 0, "accuracy": {"value": 0.0, "low": 0.0, "high": 1.0},
                 "logLoss": {"told": 0.0, "toldImages": 0, "atLeast": 0.0}, "classes": {}, "confusion": []}},
             "windows": [{"from": "2026-01-01T12:00:00Z",
               "served": {"images": 1, "right": 1, "accuracy": {"value": 1.0, "low": 0.207, "high": 1.0},
                 "logLoss": {"told": 0.3, "toldImages": 1, "atLeast": 0.3},
                 "classes": {"dog": {"images": 1, "right": 1, "recall": {"value": 1.0, "low": 0.207, "high": 1.0}}},
                 "confusion": [{"truth": "dog", "answer": "dog", "images": 1}]},
               "shadow": {"images": 0, "right": 0, "accuracy": {"value": 0.0, "low": 0.0, "high": 1.0},
                 "logLoss": {"told": 0.0, "toldImages": 0, "atLeast": 0.0}, "classes": {}, "confusion": []},
               "sample": {"served": {"images": 0, "right": 0, "accuracy": {"value": 0.0, "low": 0.0, "high": 1.0},
                   "logLoss": {"told": 0.0, "toldImages": 0, "atLeast": 0.0}, "classes": {}, "confusion": []},
                 "shadow": {"images": 0, "right": 0, "accuracy": {"value": 0.0, "low": 0.0, "high": 1.0},
                   "logLoss": {"told": 0.0, "toldImages": 0, "atLeast": 0.0}, "classes": {}, "confusion": []}}}]}""";

    static final String LIST =
            """
            {"images": 155,
             "unbiased": "sample: the random sample alone, whose images the queue offers without looking at them.",
             "labels": {"mostPerAnnotatorHour": 50, "counted": 120, "beyond": 35,
               "annotators": [{"name": "import-job", "labels": 85, "beyond": 35}]},
             "fall": "Live accuracy of version 7 is 0.61 on the last 100 labelled images; 0.82 was expected.",
             "stable": {"version": 7, "expected": 0.82, "promised": 0.78, "since": "2026-01-01T12:00:00Z", "images": 120,
               "recentImages": 100, "recentAccuracy": 0.61, "evidence": 212.6, "alarm": 40.0, "fallen": true},
             "versions": ["""
                    + VERSION
                    + "]}";

    static final String BAD_LIMIT =
            """
            {"title": "Bad Request", "status": 400, "detail": "The limit is 0, but must be from 1 to 100."}""";

    static final String UNKNOWN =
            """
            {"title": "Not Found", "status": 404, "detail": "No labelled image was answered by a version 99."}""";

    static final String NOT_READY =
            """
            {"title": "Service Unavailable", "status": 503,
             "detail": "The topics have not been read yet; try again in a few seconds."}""";

    private QualityExamples() {}
}
