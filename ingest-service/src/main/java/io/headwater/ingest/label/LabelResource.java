package io.headwater.ingest.label;

import io.headwater.ingest.identity.ImageId;
import io.headwater.ingest.problem.Problem;
import io.headwater.ingest.publication.EventPublisher;
import io.headwater.security.access.Caller;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Labels of images. The service keeps no list of images, so an id it has never seen is as good as any: a label may come
 * before its image.
 */
@Path("/images/{id}/label")
@Tag(name = "labels")
@APIResponse(responseCode = "204", description = "It is on all in-sync replicas")
@APIResponse(
        responseCode = "400",
        description = "The id or the label breaks a rule; the problem says which",
        content =
                @Content(
                        mediaType = Problem.JSON,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "label", value = LabelResource.EMPTY_LABEL)))
@APIResponse(
        responseCode = "503",
        description = "Kafka is away; Retry-After says when to send it again",
        content =
                @Content(
                        mediaType = Problem.JSON,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "Kafka", value = LabelResource.AWAY)))
public class LabelResource {
    static final String EMPTY_LABEL =
            """
            {"type": "urn:headwater:problem:invalid-label", "title": "The label is not valid", "status": 400,
             "detail": "the label is empty; it needs 1 to 64 characters", "instance": "/images/camera-7-0001/label"}""";
    static final String AWAY =
            """
            {"type": "urn:headwater:problem:stream-unavailable", "title": "Kafka is not available", "status": 503,
             "detail": "Kafka did not acknowledge within 15 s; send the same again later",
             "instance": "/images/camera-7-0001/label"}""";

    private final EventPublisher publisher;
    private final Clock clock;
    private final Caller caller;

    LabelResource(EventPublisher publisher, Clock clock, Caller caller) {
        this.publisher = publisher;
        this.clock = clock;
        this.caller = caller;
    }

    /** A label as JSON. */
    record LabelRequest(String label, String annotator) {}

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(204)
    @Blocking
    @Operation(
            summary = "Say what is on an image",
            description = "The last label counts. The image may come later: its id is not checked against anything."
                    + " 204 once the label is on all in-sync replicas.")
    public Uni<Void> put(@RestPath String id, LabelRequest request) {
        return publish(
                id,
                request == null
                        ? Label.of(null, null)
                        : Label.of(request.label(), caller.sign(request.annotator(), "annotator")));
    }

    @PUT
    @Consumes(MediaType.TEXT_PLAIN)
    @ResponseStatus(204)
    @Blocking
    @Operation(summary = "Say what is on an image; the body is the label")
    public Uni<Void> putText(@RestPath String id, @RestQuery String annotator, byte[] label) {
        return publish(id, Label.of(PlainText.decode("label", label), caller.sign(annotator, "annotator")));
    }

    @DELETE
    @ResponseStatus(204)
    @Blocking
    @Operation(
            summary = "Take the label of an image back",
            description = "204 once that is on all in-sync replicas, whether there was a label or not.")
    public Uni<Void> delete(@RestPath String id) {
        return publisher.withdrawLabel(ImageId.parse(id).value());
    }

    private Uni<Void> publish(String id, Label label) {
        return publisher.publish(ImageId.parse(id).value(), label.toEvent(clock.instant()));
    }
}
