package io.headwater.local.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the trainer-service said about the rollout.
 *
 * @param status HTTP status
 * @param etag its generation as the header has it; empty without one
 * @param body the rollout, or what is in the way
 */
public record RolloutAnswer(int status, String etag, JsonNode body) {

    /** Whether it did, or told, what was asked for. */
    public boolean isOk() {
        return status == 200;
    }

    /** What is in the way, for people. */
    public String detail() {
        return body.path("detail").asText("HTTP status " + status);
    }
}
