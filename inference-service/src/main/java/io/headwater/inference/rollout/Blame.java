package io.headwater.inference.rollout;

import io.headwater.inference.artifact.ArtifactRefusedException;
import java.time.Duration;
import java.util.Optional;

/**
 * Which version a refusal is held against. One whose file is not there is only to blame when it has not been there for a while:
 * a replica of the store may be behind the topic. Not thread safe.
 */
final class Blame {
    /** With the pauses between attempts, six of them. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Optional<Missing> missing = Optional.empty();

    private record Missing(Optional<Long> version, long since) {}

    /**
     * The version that is to blame now; empty when none is, or none yet.
     *
     * @param nanos that only go forward
     */
    Optional<Long> of(ArtifactRefusedException refused, long nanos) {
        if (!refused.isMissing()) {
            forget();
            return refused.version();
        }
        Missing now = missing.filter(known -> known.version().equals(refused.version()))
                .orElseGet(() -> new Missing(refused.version(), nanos));
        missing = Optional.of(now);
        return nanos - now.since() >= PATIENCE.toNanos() ? refused.version() : Optional.empty();
    }

    /** What was missing is there, or asked for no more. */
    void forget() {
        missing = Optional.empty();
    }
}
