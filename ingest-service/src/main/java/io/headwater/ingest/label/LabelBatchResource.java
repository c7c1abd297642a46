package io.headwater.ingest.label;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.ingest.batch.BatchDoor;
import io.headwater.ingest.batch.BatchSource;
import io.headwater.ingest.batch.LastLine;
import io.headwater.ingest.batch.Line;
import io.headwater.ingest.problem.Problem;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.headwater.security.access.Caller;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many labels at once. */
@Path("/labels:batch")
@Tag(name = "labels")
public class LabelBatchResource {
    private static final String EXAMPLE =
            """
            {"line":1,"status":204,"id":"camera-7-0001","label":"tulip"}
            {"line":2,"status":400,"problem":{"type":"urn:headwater:problem:invalid-label","title":"The label is not valid","status":400,"detail":"the label is empty; it needs 1 to 64 characters","instance":"/labels:batch"}}
            {"complete":true,"accepted":1,"refused":1}
            """;
    private static final String EMPTY =
            """
            {"type": "urn:headwater:problem:empty-body", "title": "The body is empty", "status": 400,
             "detail": "the body is empty; send CSV or lines of JSON", "instance": "/labels:batch"}""";
    private static final String BUSY =
            """
            {"type": "urn:headwater:problem:busy", "title": "The service is busy", "status": 503,
             "detail": "8 batches are being worked on (headwater.batch.concurrency); send this one again later",
             "instance": "/labels:batch"}""";

    private final LabelItems items;
    private final BatchDoor door;
    private final CurrentVertxRequest current;
    private final ObjectMapper json;
    private final Caller caller;

    LabelBatchResource(
            LabelItems items, BatchDoor door, CurrentVertxRequest current, ObjectMapper json, Caller caller) {
        this.items = items;
        this.door = door;
        this.current = current;
        this.json = json;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(BatchDoor.NDJSON)
    @Blocking
    @Operation(
            summary = "Say what is on many images",
            description = "The body is CSV (id, label, annotator; a heading may stand first) or lines of JSON, told by"
                    + " content. In JSON a label of null takes the label back. Each label is answered with a line once"
                    + " it is on all in-sync replicas. They are published in their order: of two labels of one image the"
                    + " one that stands later counts.")
    @APIResponse(
            responseCode = "200",
            description = "A line for each label, and the last line",
            content =
                    @Content(
                            mediaType = BatchDoor.NDJSON,
                            schema = @Schema(oneOf = {Line.class, LastLine.class}),
                            examples = @ExampleObject(name = "whole", value = EXAMPLE)))
    @APIResponse(
            responseCode = "400",
            description = "The body is empty",
            content =
                    @Content(
                            mediaType = Problem.JSON,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "empty", value = EMPTY)))
    @APIResponse(
            responseCode = "503",
            description = "Too many batches already; Retry-After says when to send it again",
            content =
                    @Content(
                            mediaType = Problem.JSON,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "busy", value = BUSY)))
    public StreamingOutput post(InputStream body) throws IOException {
        Optional<String> known = caller.name();
        return door.answerInOrder(current.getCurrent(), () -> open(body, known));
    }

    private BatchSource open(InputStream body, Optional<String> known) throws IOException {
        InputStream in = new BufferedInputStream(body);
        in.mark(1);
        int first = in.read();
        if (first < 0) {
            throw new ProblemException(ProblemKind.EMPTY_BODY, "the body is empty; send CSV or lines of JSON");
        }
        in.reset();
        return first == '{' ? new JsonLabelSource(in, json, items, known) : new CsvLabelSource(in, items, known);
    }
}
