package io.headwater.inference.rollout;

import java.time.Instant;

/**
 * A decision, or a record in the place of one, that is not served.
 *
 * @param generation its number; -1 for what was no decision at all
 * @param reason a sentence for people
 * @param since when it was first refused
 * @param attempts how often it was tried
 */
public record Refusal(long generation, String reason, Instant since, int attempts) {}
