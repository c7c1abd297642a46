package io.headwater.inference.deadletters;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The images that could not be classified. */
@Path("/dead-letters")
@Tag(name = "dead letters", description = "The images that could not be classified, and the way back for them")
public class DeadLettersResource {
    private static final String PROBLEM = "application/problem+json";
    private static final int MOST = 200;
    private static final int LONGEST_REASON = 200;

    private final DeadLetterDesk desk;

    DeadLettersResource(DeadLetterDesk desk) {
        this.desk = desk;
    }

    /** A page of them. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The dead letters of the images, the newest first, without their bytes",
            description = "A page is what a bounded search found: with a filter it can have few letters, or none, and"
                    + " still say where the next one begins.")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content =
                    @Content(
                            schema = @Schema(implementation = LetterPage.class),
                            examples = @ExampleObject(name = "one", value = DeadLetterExamples.PAGE)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is not what it must be",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "limit", value = DeadLetterExamples.BAD_LIMIT)))
    @APIResponse(
            responseCode = "503",
            description = "Kafka does not answer, or too many ask at once",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "Kafka", value = DeadLetterExamples.AWAY)))
    public LetterPage list(
            @Parameter(description = "Text in the reason, upper or lower case", example = "not a JPEG")
                    @QueryParam("reason")
                    String reason,
            @Parameter(description = "Failed then or later", example = "2026-11-24T00:00:00Z") @QueryParam("since")
                    String since,
            @Parameter(description = "Failed before", example = "2026-11-25T00:00:00Z") @QueryParam("until")
                    String until,
            @Parameter(description = "The partition of images that it came from", example = "0")
                    @QueryParam("partition")
                    String partition,
            @Parameter(description = "Most letters, 1 to 200") @QueryParam("limit") @DefaultValue("50") String limit,
            @Parameter(description = "next of the page before", example = "0-17") @QueryParam("before") String before) {
        if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > MOST) {
            throw bad("The limit is " + limit + ", but must be from 1 to " + MOST + ".");
        }
        if (before != null && !before.matches(LetterPage.CURSOR)) {
            throw bad("before is what an earlier page called next, such as 0-17.");
        }
        if (partition != null && !partition.matches("\\d{1,9}")) {
            throw bad("The partition is " + partition + ", but must be a number such as 0.");
        }
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw bad("The text in the reason has more than " + LONGEST_REASON + " characters.");
        }
        LetterFilter filter = new LetterFilter(
                Optional.ofNullable(reason),
                instant("since", since),
                instant("until", until),
                Optional.ofNullable(partition).map(Integer::valueOf));
        return answered(() -> desk.page(filter, Optional.ofNullable(before), Integer.parseInt(limit)));
    }

    /** One of them. */
    @GET
    @Path("/{partition: \\d{1,9}}/{offset: \\d{1,18}}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "One dead letter, without its bytes")
    @APIResponse(
            responseCode = "200",
            description = "The letter",
            content =
                    @Content(
                            schema = @Schema(implementation = Letter.class),
                            examples = @ExampleObject(name = "not a JPEG", value = DeadLetterExamples.LETTER)))
    @APIResponse(
            responseCode = "404",
            description = "There is none, or none any more",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "expired", value = DeadLetterExamples.UNKNOWN)))
    public Letter get(@PathParam("partition") int partition, @PathParam("offset") long offset) {
        LetterId id = new LetterId(partition, offset);
        return answered(() -> desk.letter(id)).orElseThrow(() -> absent(id));
    }

    /** Its bytes. */
    @GET
    @Path("/{partition: \\d{1,9}}/{offset: \\d{1,18}}/bytes")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "The bytes of one dead letter as they came, to look into: the event, not the picture in it")
    @APIResponse(
            responseCode = "200",
            description = "The record's value",
            content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM))
    @APIResponse(
            responseCode = "404",
            description = "There is none, or none any more, or the record had no value",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "expired", value = DeadLetterExamples.UNKNOWN)))
    public Response bytes(@PathParam("partition") int partition, @PathParam("offset") long offset) {
        LetterId id = new LetterId(partition, offset);
        byte[] bytes = answered(() -> desk.bytes(id)).orElseThrow(() -> absent(id));
        // Anybody may have made them: no browser must take them for a page.
        return Response.ok(bytes)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"dead-letter-" + partition + "-" + offset + ".bin\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** The way back. */
    @POST
    @Path("/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Puts chosen dead letters back into images",
            description =
                    "Key and bytes untouched, into the partition that they came from, with a header that tells of the"
                            + " replay. Answers when it is committed. What was put back before is skipped unless again is true;"
                            + " an image that has a prediction gets no second one as long as it is remembered"
                            + " (headwater.inference.remembered-images). What still can't be classified comes back as a new dead"
                            + " letter with its history.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = ReplayRequest.class),
                            examples = {
                                @ExampleObject(name = "these two", value = DeadLetterExamples.REPLAY_LIST),
                                @ExampleObject(name = "by reason, try first", value = DeadLetterExamples.REPLAY_FILTER)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "What was put back, and what not and why",
            content =
                    @Content(
                            schema = @Schema(implementation = ReplayAnswer.class),
                            examples = @ExampleObject(name = "one of two", value = DeadLetterExamples.REPLAYED)))
    @APIResponse(
            responseCode = "400",
            description = "The body chooses nothing, or something impossible",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "nothing", value = DeadLetterExamples.NOTHING_CHOSEN)))
    @APIResponse(
            responseCode = "503",
            description = "Kafka fails, or another replay is going on; what is back is marked, so asking again is safe",
            content =
                    @Content(
                            mediaType = PROBLEM,
                            examples = @ExampleObject(name = "Kafka", value = DeadLetterExamples.HALF_WAY)))
    public ReplayAnswer replay(String body) {
        ReplayRequest request;
        try {
            request = ReplayRequest.parse(body, desk.topic());
        } catch (IllegalArgumentException e) {
            throw new WebApplicationException(e.getMessage(), e, Response.Status.BAD_REQUEST);
        }
        return answered(() -> desk.replay(request));
    }

    private static <T> T answered(Supplier<T> work) {
        try {
            return work.get();
        } catch (KafkaException e) {
            throw new WebApplicationException(
                    "Kafka does not answer: " + e.getMessage(), e, Response.Status.SERVICE_UNAVAILABLE);
        } catch (BusyException | ReplayFailedException e) {
            throw new WebApplicationException(e.getMessage(), e, Response.Status.SERVICE_UNAVAILABLE);
        }
    }

    private static Optional<Instant> instant(String name, String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new WebApplicationException(
                    name + " is " + text + ", but must be a time such as 2026-11-24T08:00:00Z.",
                    e,
                    Response.Status.BAD_REQUEST);
        }
    }

    private static WebApplicationException bad(String sentence) {
        return new WebApplicationException(sentence, Response.Status.BAD_REQUEST);
    }

    private static WebApplicationException absent(LetterId id) {
        return new WebApplicationException(
                "There is no dead letter " + id + ", or none any more: they are kept for 30 days.",
                Response.Status.NOT_FOUND);
    }
}
