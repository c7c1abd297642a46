package io.headwater.inference.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * A decision, or a record in the place of one, that is not served.
 *
 * @param generation its number; -1 for what was no decision at all
 * @param reason a sentence for people
 * @param since when it was first refused
 * @param attempts how often it was tried
 * @param version the version that is to blame; empty when it is something else, or a file that is missing only since a moment
 */
public record Refusal(long generation, String reason, Instant since, int attempts, Optional<Long> version) {}
