package io.headwater.ingest.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.headwater.ingest.identity.ImageId;
import io.headwater.ingest.intake.Accepted;
import io.headwater.ingest.intake.InFlightBytes;
import io.headwater.ingest.intake.Intake;
import io.headwater.ingest.intake.SlowUploads;
import io.headwater.ingest.intake.Upload;
import io.headwater.ingest.intake.UploadLimit;
import io.headwater.ingest.label.Label;
import io.headwater.ingest.problem.Problem;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.headwater.ingest.publication.EventPublisher;
import io.headwater.security.access.Caller;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The front door for CloudEvents. */
@Path("/events")
@Tag(name = "events")
public class EventResource {
    private static final String LABEL = "io.headwater.label";
    private static final String IMAGE = "io.headwater.image";

    private static final String ACCEPTED =
            """
            {"id": "2f1e7c0b9a6d4e35b8c1f0a2d3e4b5c6", "width": 341, "height": 256}""";
    private static final String NO_EVENT =
            """
            {"type": "urn:headwater:problem:malformed-request", "title": "The request can't be read", "status": 400,
             "detail": "the request is no CloudEvent of version 1.0, in binary or structured mode: Could not parse. Unknown encoding. Invalid or missing 'ce-specversion' header or content-type 'image/jpeg' isn't supported.",
             "instance": "/events"}""";
    private static final String OTHER_TYPE =
            """
            {"type": "urn:headwater:problem:unsupported-event", "title": "The event is not supported", "status": 415,
             "detail": "an event of type com.example.order is neither io.headwater.label nor io.headwater.image, and its data is no image (datacontenttype application/json)",
             "instance": "/events"}""";
    private static final String OTHER_BYTES =
            """
            {"type": "urn:headwater:problem:key-reused", "title": "The Idempotency-Key stands for other bytes", "status": 422,
             "detail": "the key camera-7-0001 has come with other bytes before; a key stands for one picture",
             "instance": "/events"}""";
    private static final String AWAY =
            """
            {"type": "urn:headwater:problem:stream-unavailable", "title": "Kafka is not available", "status": 503,
             "detail": "Kafka did not acknowledge within 15 s; send the same again later", "instance": "/events"}""";

    private final EventReader reader;
    private final Intake intake;
    private final UploadLimit limit;
    private final SlowUploads slow;
    private final EventPublisher publisher;
    private final ObjectMapper json;
    private final Clock clock;
    private final Caller caller;

    EventResource(
            EventReader reader,
            Intake intake,
            UploadLimit limit,
            SlowUploads slow,
            EventPublisher publisher,
            ObjectMapper json,
            Clock clock,
            Caller caller) {
        this.reader = reader;
        this.intake = intake;
        this.limit = limit;
        this.slow = slow;
        this.publisher = publisher;
        this.json = json;
        this.clock = clock;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Blocking
    @Operation(
            summary = "Send a CloudEvent",
            description =
                    "Version 1.0, in binary or structured mode, one at a time. An event of type io.headwater.image, or"
                            + " of any type whose datacontenttype is image/*, brings an image; its id is the event's subject, or is"
                            + " made of its source and id; the extension 'label' says what is on it. An event of type"
                            + " io.headwater.label has the JSON of PUT /images/{id}/label for its data and the id for its subject.")
    @APIResponse(
            responseCode = "202",
            description = "The image is on all in-sync replicas",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Accepted.class),
                            examples = @ExampleObject(name = "accepted", value = ACCEPTED)))
    @APIResponse(responseCode = "204", description = "The label is on all in-sync replicas")
    @APIResponse(
            responseCode = "400",
            description = "No CloudEvent, or one that breaks a rule of images or labels",
            content =
                    @Content(
                            mediaType = Problem.JSON,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "no event", value = NO_EVENT)))
    @APIResponse(
            responseCode = "415",
            description = "Neither an image nor a label",
            content =
                    @Content(
                            mediaType = Problem.JSON,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "other type", value = OTHER_TYPE)))
    @APIResponse(
            responseCode = "422",
            description = "A damaged image, or the same event with other bytes",
            content =
                    @Content(
                            mediaType = Problem.JSON,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "other bytes", value = OTHER_BYTES)))
    @APIResponse(
            responseCode = "503",
            description = "Kafka is away, or the service is busy; Retry-After says when to send it again",
            content =
                    @Content(
                            mediaType = Problem.JSON,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "Kafka", value = AWAY)))
    public Uni<RestResponse<Accepted>> post(@Context HttpHeaders headers, InputStream body) {
        InFlightBytes.Lease room = intake.room();
        Runnable arrival = slow.arrival();
        return Uni.createFrom()
                .deferred(() -> {
                    CloudEvent event = reader.read(headers.getRequestHeaders(), limit.readDocument(body, room));
                    arrival.run();
                    return LABEL.equals(event.getType())
                            ? label(event)
                            : image(event, room).map(accepted -> RestResponse.ResponseBuilder.create(
                                            RestResponse.Status.ACCEPTED, accepted)
                                    .header(HttpHeaders.LOCATION, "/images/" + accepted.id())
                                    .build());
                })
                .onTermination()
                .invoke(room::close);
    }

    private Uni<Accepted> image(CloudEvent event, InFlightBytes.Lease room) {
        String type = String.valueOf(event.getDataContentType());
        if (!IMAGE.equals(event.getType()) && !type.startsWith("image/")) {
            throw new ProblemException(
                    ProblemKind.UNSUPPORTED_EVENT,
                    "an event of type " + event.getType() + " is neither " + LABEL + " nor " + IMAGE
                            + ", and its data is no image (datacontenttype " + type + ")");
        }
        Optional<String> label = EventIdentity.extension(event, "label");
        String annotator = EventIdentity.extension(event, "annotator").orElse(null);
        if (label.isPresent()) {
            caller.labels();
        }
        return intake.accept(
                room,
                () -> Upload.of(
                        data(event),
                        EventIdentity.imageId(event),
                        EventIdentity.source(event),
                        label.orElse(null),
                        label.isPresent() ? caller.sign(annotator, "annotator") : null));
    }

    private Uni<RestResponse<Accepted>> label(CloudEvent event) {
        caller.labels();
        String id = ImageId.parse(event.getSubject() == null ? "" : event.getSubject())
                .value();
        JsonNode data;
        try {
            data = json.readTree(data(event));
        } catch (IOException e) {
            throw new ProblemException(ProblemKind.INVALID_LABEL, "the event's data is not JSON with a member 'label'");
        }
        String annotator = Optional.ofNullable(data.path("annotator").textValue())
                .or(() -> EventIdentity.extension(event, "annotator"))
                .orElse(null);
        Label label = Label.of(data.path("label").textValue(), caller.sign(annotator, "annotator"));
        return publisher.publish(id, label.toEvent(clock.instant())).replaceWith(RestResponse::noContent);
    }

    private static byte[] data(CloudEvent event) {
        CloudEventData data = event.getData();
        return data == null ? new byte[0] : data.toBytes();
    }
}
