package io.headwater.trainer.trainings;

/** Example answers for the description of the interface. */
final class TrainingExamples {
    static final String REQUEST = "{\"reason\": \"Forty labels were corrected\"}";

    static final String REQUESTED =
            """
            {"id": "1f0a1c5e-6c4f-4f0e-9f39-7d1f0f6f7a55", "state": "requested", "cause": "requested",
             "trigger": "Requested: Forty labels were corrected", "requestedAt": "2026-01-01T12:00:00Z"}""";

    static final String RUNNING =
            """
            {"id": "1f0a1c5e-6c4f-4f0e-9f39-7d1f0f6f7a55", "state": "running", "cause": "requested",
             "trigger": "Requested: Forty labels were corrected", "phase": "learning",
             "requestedAt": "2026-01-01T12:00:00Z", "startedAt": "2026-01-01T12:00:00.2Z"}""";

    static final String ENDED =
            """
            {"id": "1f0a1c5e-6c4f-4f0e-9f39-7d1f0f6f7a55", "state": "stable", "cause": "requested",
             "trigger": "Requested: Forty labels were corrected", "requestedAt": "2026-01-01T12:00:00Z",
             "startedAt": "2026-01-01T12:00:00.2Z", "endedAt": "2026-01-01T12:00:01.7Z", "version": 12,
             "reason": "Better than always guessing the commonest class."}""";

    static final String LIST =
            """
            {"role": "leader", "state": "waiting", "why": "7 of 50 new labels have come, and the oldest has waited 12 of 30 s.",
             "newLabels": 7, "trainings": [
               {"id": "1f0a1c5e-6c4f-4f0e-9f39-7d1f0f6f7a55", "state": "stable", "cause": "new labels",
                "trigger": "50 new labels had come.", "startedAt": "2026-01-01T12:00:00.2Z",
                "endedAt": "2026-01-01T12:00:01.7Z", "version": 12,
                "reason": "Better than always guessing the commonest class."},
               {"id": "version-11", "state": "rejected", "cause": "label age",
                "trigger": "3 new labels had come, and the oldest had waited 31 s.",
                "endedAt": "2026-01-01T11:00:00Z", "version": 11,
                "reason": "Right less often than version 10 on the same images."}]}""";

    static final String CONFLICT =
            """
            {"title": "Conflict", "status": 409, "detail": "A training is running: 50 new labels had come.",
             "running": {"id": "1f0a1c5e-6c4f-4f0e-9f39-7d1f0f6f7a55", "state": "running", "cause": "new labels",
               "trigger": "50 new labels had come.", "phase": "learning", "startedAt": "2026-01-01T12:00:00.2Z"}}""";

    static final String BAD_REASON =
            """
            {"title": "Bad Request", "status": 400,
             "detail": "The reason must have 1 to 256 characters, or be absent."}""";

    static final String ENDED_BEFORE =
            """
            {"title": "Conflict", "status": 409,
             "detail": "Training version-11 has ended: rejected."}""";

    static final String UNKNOWN =
            """
            {"title": "Not Found", "status": 404, "detail": "There is no training 17."}""";

    static final String NOT_READY =
            """
            {"title": "Service Unavailable", "status": 503, "role": "starting",
             "detail": "The topics have not been read yet; try again in a few seconds."}""";

    static final String STANDBY =
            """
            {"title": "Service Unavailable", "status": 503,
             "detail": "This trainer is a standby. Ask the leader at http://127.0.0.1:8082.",
             "role": "standby", "leader": "http://127.0.0.1:8082"}""";

    private TrainingExamples() {}
}
