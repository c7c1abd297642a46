package io.headwater.security.access;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;

/** Why a request is not let in, as its client is told: problem details (RFC 9457), from below JAX-RS. */
enum Refusal {
    NO_CREDENTIALS(401, "This needs a key or token; send it as Authorization: Bearer ..."),
    BAD_CREDENTIALS(401, "The key or token is not known here, or is good no more."),
    FOREIGN_PAGE(
            403,
            "A web page from elsewhere may not use this, unless quarkus.http.cors.enabled=true and"
                    + " quarkus.http.cors.origins name its origin."),
    FOREIGN_HOST(
            403,
            "While headwater.auth is none this is for its own machine alone: call it 127.0.0.1, localhost or [::1], or"
                    + " set headwater.auth to api-key (./headwater keys add makes a key) or oidc."),
    NOT_ALLOWED(403, "Whose key or token this is does not have the role that this needs."),
    UNKNOWN_PATH(403, "This is open to nobody: no role is given for it, if it exists."),
    OVER_QUOTA(429, "The quota of this key is used up; Retry-After says when there is some again."),
    TOO_MANY_UNPROVED(503, "Too many unknown keys are being looked at; try again."),
    PROVIDER_AWAY(503, "Tokens can't be checked now: their provider does not answer.");

    private static final String MEDIA_TYPE = "application/problem+json";
    private static final long SHORTLY = 1;

    private final int status;
    private final String detail;

    Refusal(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** Ends the request. */
    void send(RoutingContext context) {
        send(context, status == 503 ? OptionalLong.of(SHORTLY) : OptionalLong.empty());
    }

    /**
     * Ends the request.
     *
     * @param retryAfter seconds
     */
    void send(RoutingContext context, OptionalLong retryAfter) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        String title = HttpResponseStatus.valueOf(status).reasonPhrase();
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        if (status == 401) {
            // RFC 6750, 3: no error code where nothing was sent.
            response.putHeader(
                    "WWW-Authenticate", this == NO_CREDENTIALS ? "Bearer" : "Bearer error=\"invalid_token\"");
        }
        retryAfter.ifPresent(seconds -> response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
        response.end(new JsonObject()
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("instance", context.normalizedPath())
                .encode());
        UnreadBody.discard(context);
    }
}
