package io.headwater.ingest.label;

import io.headwater.ingest.identity.ImageId;
import io.headwater.ingest.publication.EventPublisher;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
@APIResponse(responseCode = "400", description = "The id or the label breaks a rule; the problem says which")
@APIResponse(responseCode = "503", description = "Kafka is away; Retry-After says when to send it again")
public class LabelResource {
    private final EventPublisher publisher;
    private final Clock clock;

    LabelResource(EventPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
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
        return publish(id, request == null ? Label.of(null, null) : Label.of(request.label(), request.annotator()));
    }

    @PUT
    @Consumes(MediaType.TEXT_PLAIN)
    @ResponseStatus(204)
    @Blocking
    @Operation(summary = "Say what is on an image; the body is the label")
    public Uni<Void> putText(@RestPath String id, @RestQuery String annotator, byte[] label) {
        return publish(id, Label.of(PlainText.decode("label", label), annotator));
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
