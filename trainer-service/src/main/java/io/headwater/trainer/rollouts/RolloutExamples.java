package io.headwater.trainer.rollouts;

/** Answers as the interface's documentation shows them. */
final class RolloutExamples {
    private static final String ROLLOUT =
            """
            "generation": 14, "backbone": {"id": "5ba2…", "name": "openimages", "size": 8921345, "inputSize": 224, "dimension": 2432},
             "stable": 7, "canary": 8, "canaryPercentage": 10, "shadows": [8, 7],
             "trial": {"version": 8, "phase": "canary", "startedAt": "2026-01-01T12:00:00Z", "since": "2026-01-01T12:40:00Z"},
             "previous": 6, "unfit": false, "paused": false, "pinned": false,
             "reason": "Version 8 answers 10 % of the images. Beside version 7 on 612 labelled images: right on 41 where that is wrong,\
             wrong on 24 where that is right: 2.0 points worse can be excluded (evidence 104 of 100).",
             "changedBy": "trainer", "changedAt": "2026-01-01T12:40:00Z\"""";

    static final String STANDING = "{" + ROLLOUT
            + """
            ,
             "policy": "shadow-then-canary",
             "evidence": {"level": 100.0, "tolerance": 0.02, "labelsInStep": 12, "minLabels": 20,
               "trial": {"version": 8, "against": 7, "images": 624, "wins": 42, "losses": 24, "notWorse": 131.2, "better": 2.4,
                 "worse": 1.1, "alone": [{"claim": "worse", "annotator": "import-job", "all": 8450.0, "without": 1.1}]},
               "traffic": {"images": 8412, "agreement": 0.94, "confidenceShift": 0.01, "stability": 0.02},
               "dataPlane": {"instances": 2, "behind": [], "refusals": [], "versions": {
                 "7": {"images": 8412, "failed": 0, "timed": 2011, "medianMicros": 24},
                 "8": {"images": 8412, "failed": 0, "timed": 2011, "medianMicros": 28}}}},
             "waitingFor": "Beside version 7 on 624 labelled images: right on 42 where that is wrong, wrong on 24 where that is right;\
             12 of them since this step began, 20 are needed."}""";

    static final String HISTORY = "[{" + ROLLOUT + "}]";

    static final String COMMAND = """
            {"by": "alice", "reason": "The new camera is in place."}""";

    static final String BAD_BODY =
            """
            {"title": "Bad Request", "status": 400, "detail": "The body must say by whom (by, 1 to 64 characters) and why (reason,\
             1 to 256 characters)."}""";

    static final String UNKNOWN =
            """
            {"title": "Not Found", "status": 404, "detail": "There is no version 99."}""";

    static final String REFUSED =
            """
            {"title": "Conflict", "status": 409, "detail": "There is no version to go back to."}""";

    static final String STALE =
            """
            {"title": "Precondition Failed", "status": 412, "generation": 15,
             "detail": "The rollout is at generation 15, not 14: look at it again, and then decide."}""";

    static final String UNCONDITIONAL =
            """
            {"title": "Precondition Required", "status": 428, "generation": 15,
             "detail": "If-Match must name the generation that you have seen (\\"15\\"), or be * for any."}""";

    static final String NOT_READY =
            """
            {"title": "Service Unavailable", "status": 503,
             "detail": "The topics have not been read yet; try again in a few seconds."}""";

    private RolloutExamples() {}
}
