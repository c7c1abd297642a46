package io.headwater.inference.predictions;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The newest predictions of this instance, and those that come. */
@Path("/predictions")
@Tag(name = "predictions", description = "The newest predictions of this instance, and those that come")
public class PredictionsResource {
    private static final String PROBLEM = "application/problem+json";
    private static final int MOST = 500;

    private final PredictionDesk desk;
    private final RecentSettings settings;

    PredictionsResource(PredictionDesk desk, PredictionsConfig config) {
        this.desk = desk;
        this.settings = config.toSettings();
    }

    /** The newest. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The newest committed predictions of this instance, the newest first")
    @APIResponse(
            responseCode = "200",
            description = "Predictions",
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Prediction.class),
                            examples = @ExampleObject(name = "one", value = PredictionExamples.LIST)))
    @APIResponse(
            responseCode = "400",
            description = "The limit is no number that is allowed",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "limit", value = PredictionExamples.BAD_LIMIT)))
    public List<Prediction> newest(
            @Parameter(description = "Most predictions, 1 to 500") @QueryParam("limit") @DefaultValue("50")
                    String limit) {
        if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > MOST) {
            throw new WebApplicationException(
                    "The limit is " + limit + ", but must be from 1 to " + MOST + ".", Response.Status.BAD_REQUEST);
        }
        return desk.newest(Integer.parseInt(limit));
    }

    /** One. */
    @GET
    @Path("/{imageId}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The prediction of one image, if it is among the newest of this instance")
    @APIResponse(
            responseCode = "200",
            description = "The prediction",
            content =
                    @Content(
                            schema = @Schema(implementation = Prediction.class),
                            examples = @ExampleObject(name = "an oak", value = PredictionExamples.ONE)))
    @APIResponse(
            responseCode = "404",
            description = "It is not among the newest; the detail says where it may be",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "unknown", value = PredictionExamples.UNKNOWN)))
    public Prediction get(@PathParam("imageId") String imageId) {
        return desk.of(imageId).orElseThrow(() -> absent(imageId));
    }

    /** Its picture. */
    @GET
    @Path("/{imageId}/thumbnail")
    @Produces("image/jpeg")
    @Operation(
            summary = "The picture of one of the newest images",
            description = "The normalised JPEG that was classified: the shorter side has at most 256 pixels.")
    @APIResponse(responseCode = "200", description = "The picture", content = @Content(mediaType = "image/jpeg"))
    @APIResponse(
            responseCode = "404",
            description = "The prediction or its picture is not kept any more",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "unknown", value = PredictionExamples.UNKNOWN)))
    public Response thumbnail(@PathParam("imageId") String imageId) {
        byte[] jpeg = desk.picture(imageId).orElseThrow(() -> absent(imageId));
        return Response.ok(jpeg)
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=3600")
                .build();
    }

    /** Those that come. */
    @GET
    @Path("/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Each prediction of this instance as it is committed, as server-sent events",
            description =
                    "An event 'prediction' has a prediction as JSON and an id; with Last-Event-ID the stream goes on"
                            + " behind it, as far as the newest predictions reach. A listener that is too slow loses the oldest, and"
                            + " an event 'lost' tells how many passed, wanted or not (after a restart of the service: at least)."
                            + " A comment every 10 seconds keeps the connection alive.")
    @APIResponse(
            responseCode = "200",
            description = "The stream",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            examples = @ExampleObject(name = "two events", value = PredictionExamples.STREAM)))
    @APIResponse(
            responseCode = "400",
            description = "A filter is not what it must be",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "filter", value = PredictionExamples.BAD_FILTER)))
    @APIResponse(
            responseCode = "503",
            description = "There are too many listeners",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "full", value = PredictionExamples.FULL)))
    public void stream(
            @Parameter(description = "Only what this version answered", example = "3") @QueryParam("version")
                    String version,
            @Parameter(description = "Only this label", example = "oak") @QueryParam("label") String label,
            @Parameter(description = "Only what is less sure than this, 0 to 1", example = "0.6")
                    @QueryParam("confidence-below")
                    String confidenceBelow,
            @Parameter(description = "Only what the canary answered, or only what it did not", example = "true")
                    @QueryParam("canary")
                    String canary,
            @HeaderParam("Last-Event-ID") String lastId,
            @Context SseEventSink connection,
            @Context Sse events) {
        PredictionFilter filter;
        try {
            filter = PredictionFilter.parse(version, label, confidenceBelow, canary);
        } catch (IllegalArgumentException e) {
            throw new WebApplicationException(e.getMessage(), e, Response.Status.BAD_REQUEST);
        }
        SseSink sink = new SseSink(connection, events, desk::toJson);
        if (!desk.stream().join(sink, filter, Optional.ofNullable(lastId))) {
            throw new WebApplicationException(
                    "There are " + settings.clients()
                            + " listeners already, as many as headwater.predictions.stream-clients allows.",
                    Response.Status.SERVICE_UNAVAILABLE);
        }
    }

    private WebApplicationException absent(String imageId) {
        return new WebApplicationException(
                "'" + imageId + "' is not among the newest predictions that this instance keeps (at most "
                        + settings.count()
                        + "), or its picture is not. It may be older, not classified yet, or with the"
                        + " instance that has partition " + desk.partitionOf(imageId) + " of images.",
                Response.Status.NOT_FOUND);
    }
}
