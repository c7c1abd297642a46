package io.headwater.trainer.queue;

import io.headwater.trainer.embeddings.EmbeddingsFeed;
import io.headwater.trainer.problem.Problem;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What to label next over REST. */
@Path("/labels/queue")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "labels", description = "What to label next, and labels that are probably wrong")
public class LabelQueueResource {
    private static final String EXAMPLE =
            """
            {"computedAt": "2026-11-24T16:12:52Z", "version": 12, "candidates": 4188, "checks": 1032,
             "images": [{"id": "0b5c41e4f0a94cf0", "kind": "teach", "answer": "rose",
               "reasons": ["unsure between rose and tulip: 0.41 against 0.39"],
               "thumbnail": "/predictions/0b5c41e4f0a94cf0/thumbnail"},
              {"id": "7d30e1a26b1f4a55", "kind": "check", "reasons": ["random check"],
               "thumbnail": "/predictions/7d30e1a26b1f4a55/thumbnail"}]}""";
    private static final String REFUSED =
            """
            {"title": "Bad Request", "status": 400, "detail": "limit is 0, but must be from 1 to 200."}""";
    private static final String NOT_READY =
            """
            {"title": "Service Unavailable", "status": 503,
             "detail": "The embeddings have not been read yet; try again in a few seconds."}""";

    private final LabelQueue queue;
    private final Candidates candidates;
    private final EmbeddingsFeed feed;

    LabelQueueResource(LabelQueue queue, Candidates candidates, EmbeddingsFeed feed) {
        this.queue = queue;
        this.candidates = candidates;
        this.feed = feed;
    }

    /**
     * What to label next.
     *
     * @param computedAt when the order was computed; null before the first time
     * @param version the version that was asked; null while there is none
     * @param candidates images that are ranked
     * @param checks images that are offered at random
     * @param images those to label first
     */
    @Schema(name = "LabelQueue", description = "What to label next")
    public record View(
            Optional<Instant> computedAt, Optional<Long> version, int candidates, int checks, List<Offer> images) {}

    /** What to label next. */
    @GET
    @Operation(
            summary = "The images whose labels would teach most",
            description = "Those that the stable version is least sure of, spread over all that has come, and"
                    + " those that are unlike anything labelled. A share is drawn at random from the holdout"
                    + " side: their labels measure, and only for these is live quality that of all images. A label takes an"
                    + " image off the list; so does its age, once the picture may be gone. The same list for everyone who"
                    + " asks. Labels are given to the ingest-service.")
    @APIResponse(
            responseCode = "200",
            description = "What to label next, the best first",
            content =
                    @Content(
                            schema = @Schema(implementation = View.class),
                            examples = @ExampleObject(name = "two images", value = EXAMPLE)))
    @APIResponse(
            responseCode = "400",
            description = "The limit is not one",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "refused", value = REFUSED)))
    @APIResponse(
            responseCode = "503",
            description = "The embeddings have not been read yet",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "starting", value = NOT_READY)))
    public Response list(
            @Parameter(description = "Images that are listed at most, 1 to 200.")
                    @QueryParam("limit")
                    @DefaultValue("20")
                    String limit) {
        int most = limit.matches("[0-9]{1,3}") ? Integer.parseInt(limit) : 0;
        if (most < 1 || most > LabelQueue.MOST) {
            return Problem.response(
                    400, "Bad Request", "limit is " + limit + ", but must be from 1 to " + LabelQueue.MOST + ".");
        }
        if (!feed.isCurrent()) {
            return Problem.notReady("The embeddings have not been read yet; try again in a few seconds.");
        }
        LabelQueue.Offers next = queue.next(most);
        return Response.ok(new View(
                        next.computedAt(), next.version(), candidates.size(), candidates.heldOut(), next.images()))
                .build();
    }
}
