package io.headwater.ingest.problem;

import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Problem details (RFC 9457).
 *
 * @param type {@code urn:headwater:problem:<name>}
 * @param title the kind of problem, the same for all of its type
 * @param status the HTTP status
 * @param detail what was wrong with this request; a sentence
 * @param instance the path of the request
 */
@Schema(description = "Problem details, RFC 9457")
public record Problem(URI type, String title, int status, String detail, String instance) {
    /** Content type of the JSON form, as annotations want it. */
    public static final String JSON = "application/problem+json";

    /** Content type of the JSON form. */
    public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    private static final String TYPE_PREFIX = "urn:headwater:problem:";

    /** What a request, or one line of a batch, is told of a problem. */
    public static Problem of(ProblemException problem, String instance) {
        return of(problem.kind(), problem.getMessage(), instance);
    }

    static Problem of(ProblemKind kind, String detail, String instance) {
        return new Problem(URI.create(TYPE_PREFIX + kind.slug()), kind.title(), kind.status(), detail, instance);
    }

    /** What the framework refuses, named after its status: {@code urn:headwater:problem:method-not-allowed}. */
    static Problem ofStatus(int status, String detail, String instance) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "HTTP " + status : known.getReasonPhrase();
        String slug = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return new Problem(URI.create(TYPE_PREFIX + slug), title, status, detail, instance);
    }

    Response toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }

    /** For the layer below JAX-RS. */
    String toJson() {
        return new JsonObject()
                .put("type", type.toString())
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("instance", instance)
                .encode();
    }
}
