package io.headwater.trainer.suspects;

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

/** Suspected labels over REST. */
@Path("/labels/suspects")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "labels", description = "Labels that are probably wrong")
public class SuspectsResource {
    private static final int MOST = 1_000;
    private static final String EXAMPLE =
            """
            {"computedAt": "2026-11-24T16:12:52Z", "version": 12, "examples": 2000, "total": 1,
             "suspects": [{"id": "0b5c41e4f0a94cf0", "label": "rose", "suggestedLabel": "tulip", "probability": 0.03,
              "suggestedProbability": 0.91, "margin": 0.88, "split": "train"}]}""";
    private static final String NOTHING_YET =
            """
            {"computedAt": null, "version": null, "examples": 0, "total": 0, "suspects": []}""";
    private static final String REFUSED =
            """
            {"title": "Bad Request", "status": 400, "detail": "limit is 0, but must be from 1 to 1000."}""";

    private final Suspects suspects;

    SuspectsResource(Suspects suspects) {
        this.suspects = suspects;
    }

    /**
     * What the last search found.
     *
     * @param computedAt when it ended; null before the first
     * @param version the version after whose training it was made; null before the first
     * @param examples examples that were looked at
     * @param total suspected examples, of the label that was asked for if one was
     * @param suspects the first of them, those of the largest margin first
     */
    @Schema(name = "Suspects", description = "What the last search for wrong labels found")
    public record View(
            Optional<Instant> computedAt, Optional<Long> version, int examples, int total, List<Suspect> suspects) {}

    /** The suspected examples. */
    @GET
    @Operation(
            summary = "Examples whose label is probably wrong",
            description =
                    "Confident learning on the examples of both sides of the split, each answered by a head that did"
                            + " not learn from it. Searched anew after each training, in the background. A suspicion is"
                            + " no verdict: look at the image, and label it again if it is wrong.")
    @APIResponse(
            responseCode = "200",
            description = "What the last search found; no version and no suspects before the first has ended",
            content =
                    @Content(
                            schema = @Schema(implementation = View.class),
                            examples = {
                                @ExampleObject(name = "found", value = EXAMPLE),
                                @ExampleObject(name = "nothing yet", value = NOTHING_YET)
                            }))
    @APIResponse(
            responseCode = "400",
            description = "The limit is not one",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "refused", value = REFUSED)))
    public Response list(
            @Parameter(description = "Suspects that are listed at most, 1 to 1000.")
                    @QueryParam("limit")
                    @DefaultValue("100")
                    String limit,
            @Parameter(description = "Only those that have this label.") @QueryParam("label") Optional<String> label) {
        int most = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
        if (most < 1 || most > MOST) {
            return Problem.response(400, "Bad Request", "limit is " + limit + ", but must be from 1 to " + MOST + ".");
        }
        Optional<Suspicions> found = suspects.found();
        List<Suspect> all = found.map(Suspicions::suspects).orElse(List.of()).stream()
                .filter(suspect -> label.isEmpty() || label.get().equals(suspect.label()))
                .toList();
        return Response.ok(new View(
                        found.map(Suspicions::computedAt),
                        found.map(Suspicions::version),
                        found.map(Suspicions::examples).orElse(0),
                        all.size(),
                        all.stream().limit(most).toList()))
                .build();
    }
}
