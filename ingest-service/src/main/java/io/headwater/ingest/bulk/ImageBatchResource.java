package io.headwater.ingest.bulk;

import io.headwater.ingest.batch.BatchDoor;
import io.headwater.ingest.batch.LastLine;
import io.headwater.ingest.batch.Line;
import io.headwater.ingest.problem.Problem;
import io.headwater.security.access.Caller;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** The front door for many images at once. */
@Path("/images:batch")
@Tag(name = "images")
public class ImageBatchResource {
    private final ImageBatches batches;
    private final BatchDoor door;
    private final CurrentVertxRequest current;
    private final Caller caller;

    ImageBatchResource(ImageBatches batches, BatchDoor door, CurrentVertxRequest current, Caller caller) {
        this.batches = batches;
        this.door = door;
        this.current = current;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(BatchDoor.NDJSON)
    @Blocking
    @Operation(
            summary = "Upload many images",
            description = "The body is a tar (also with gzip), a zip, a form, or lines of JSON as POST /images takes"
                    + " them; which of them is told by content. The folder of a file is its label. Each image is"
                    + " answered with a line as soon as it is done, in no particular order, while the upload is still"
                    + " coming; read them while you send. The last line says whether the batch was read to its end. An"
                    + " image that is refused does not keep the others out.")
    @APIResponse(
            responseCode = "200",
            description = "A line for each image, and the last line",
            content =
                    @Content(
                            mediaType = BatchDoor.NDJSON,
                            schema = @Schema(oneOf = {Line.class, LastLine.class}),
                            examples = {
                                @ExampleObject(name = "whole", value = BatchExamples.WHOLE),
                                @ExampleObject(name = "cut off", value = BatchExamples.CUT_OFF)
                            }))
    @APIResponse(
            responseCode = "400",
            description = "The body is empty",
            content =
                    @Content(
                            mediaType = Problem.JSON,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "empty", value = BatchExamples.EMPTY)))
    @APIResponse(
            responseCode = "415",
            description = "None of the batches that are known",
            content =
                    @Content(
                            mediaType = Problem.JSON,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = BatchExamples.UNSUPPORTED)))
    @APIResponse(
            responseCode = "503",
            description = "Too many batches already; Retry-After says when to send it again",
            content =
                    @Content(
                            mediaType = Problem.JSON,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "busy", value = BatchExamples.BUSY)))
    public StreamingOutput post(
            @RestHeader(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) String contentType,
            @RestQuery Optional<String> source,
            @RestQuery @Parameter(description = "Of the images that have no folder") Optional<String> label,
            @RestQuery Optional<String> annotator,
            InputStream body)
            throws IOException {
        Optional<String> known = caller.name();
        Defaults defaults = new Defaults(source, label, known.or(() -> annotator), known.isPresent(), mayLabel());
        return door.answer(current.getCurrent(), () -> batches.open(body, contentType, defaults));
    }

    /** Asked here, on the request's thread; an image that has a label anyway is refused for itself. */
    private boolean mayLabel() {
        try {
            caller.labels();
            return true;
        } catch (ForbiddenException e) {
            return false;
        }
    }
}
