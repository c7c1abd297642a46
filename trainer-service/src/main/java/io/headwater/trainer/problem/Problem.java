package io.headwater.trainer.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error as clients get it (RFC 9457, {@code application/problem+json}).
 *
 * @param title what kind of error
 * @param status HTTP status
 * @param detail what is wrong here, and what helps; a sentence for people
 * @param extensions members of their own, such as the training that runs if that is in the way
 */
@Schema(description = "An error, RFC 9457")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String title, int status, String detail, @JsonAnyGetter Map<String, Object> extensions) {
    /** Its media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** An error response. */
    public static Response response(int status, String title, String detail) {
        return response(status, title, detail, Map.of());
    }

    /** An error response with members of its own. */
    public static Response response(int status, String title, String detail, Map<String, Object> extensions) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem(title, status, detail, extensions))
                .build();
    }

    /** There is no such thing. */
    public static Response notFound(String detail) {
        return response(404, "Not Found", detail);
    }

    /** The topics have not been read yet. */
    public static Response notReady() {
        return notReady("The topics have not been read yet; try again in a few seconds.");
    }

    /** It can't be done yet; trying again later is right. */
    public static Response notReady(String detail) {
        return notReady(detail, Map.of());
    }

    /** The same, with members of its own. */
    public static Response notReady(String detail, Map<String, Object> extensions) {
        return Response.fromResponse(response(503, "Service Unavailable", detail, extensions))
                .header("Retry-After", 5)
                .build();
    }
}
