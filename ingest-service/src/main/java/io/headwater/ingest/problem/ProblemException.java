package io.headwater.ingest.problem;

import java.time.Duration;
import java.util.Optional;

/** Ends a request with a {@link Problem}; the message is its detail, a sentence for the client. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;
    private final Duration retryAfter;

    /** A problem that will be the same next time. */
    public ProblemException(ProblemKind kind, String detail) {
        this(kind, detail, null, null);
    }

    private ProblemException(ProblemKind kind, String detail, Duration retryAfter, Throwable cause) {
        super(detail, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** The same problem with what led to it. */
    public static ProblemException causedBy(ProblemKind kind, Throwable cause) {
        return new ProblemException(kind, cause.getMessage(), null, cause);
    }

    /** A problem that passes: the client is told when to come again. */
    public static ProblemException temporary(ProblemKind kind, String detail, Duration retryAfter) {
        return new ProblemException(kind, detail, retryAfter, null);
    }

    /** What went wrong. */
    public ProblemKind kind() {
        return kind;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
