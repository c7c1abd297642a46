package io.headwater.trainer.nearest;

import io.headwater.trainer.problem.Problem;
import io.headwater.trainer.trainingset.LabelledRows;
import io.headwater.trainer.trainingset.TrainingData;
import io.headwater.trainer.trainingset.TrainingSet;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an image is like, over REST. */
@Path("/examples/nearest")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "examples", description = "The training set")
@Blocking
public class NearestResource {
    private static final int MOST = 50;
    private static final int MOST_WAITING = 8;
    private static final String EXAMPLE =
            """
            {"image": "leaf-4711", "nearest": [{"id": "0b1f6c", "label": "oak", "similarity": 0.91},
             {"id": "2d77a0", "label": "beech", "similarity": 0.44}]}""";
    private static final String REFUSED =
            """
            {"title": "Bad Request", "status": 400, "detail": "limit is 0, but must be from 1 to 50."}""";
    private static final String BUSY =
            """
            {"title": "Service Unavailable", "status": 503, "detail": "Too many searches wait already; try again in a few seconds."}""";
    private static final String UNKNOWN =
            """
            {"title": "Not Found", "status": 404,
             "detail": "The embedding of 'leaf-4711' is not here: it is neither learnt from nor among the newest 1000."}""";

    private final RecentEmbeddings recent;
    private final TrainingSet trainingSet;
    /** A search reads 100 MB of memory: one at a time leaves the other cores to the training. */
    private final OneByOne searches = new OneByOne(MOST_WAITING);

    NearestResource(RecentEmbeddings recent, TrainingSet trainingSet) {
        this.recent = recent;
        this.trainingSet = trainingSet;
    }

    /**
     * What an image is like.
     *
     * @param image its id
     * @param nearest the labelled images that are most like it, the most alike first
     */
    @Schema(name = "NearestExamples", description = "The labelled images that an image is most like")
    public record View(String image, List<Neighbour> nearest) {}

    /** The labelled images that one is most like. */
    @GET
    @Operation(
            summary = "The labelled images that an image is most like",
            description =
                    "By the cosine of the standardised embeddings. Of more than 5000 that are learnt from as many are"
                            + " looked at. The image is one of the newest 1000, or one that is learnt from.")
    @APIResponse(
            responseCode = "200",
            description = "The most alike first; fewer, even none, while there are not as many",
            content =
                    @Content(
                            schema = @Schema(implementation = View.class),
                            examples = @ExampleObject(name = "an oak", value = EXAMPLE)))
    @APIResponse(
            responseCode = "400",
            description = "The limit is not one, or no image is named",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "refused", value = REFUSED)))
    @APIResponse(
            responseCode = "404",
            description = "The embedding of the image is not here",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = UNKNOWN)))
    @APIResponse(
            responseCode = "503",
            description = "Too many searches wait already",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "busy", value = BUSY)))
    public Response nearest(
            @Parameter(description = "Image id", example = "leaf-4711", required = true) @QueryParam("image")
                    String image,
            @Parameter(description = "Images that are listed at most, 1 to 50.") @QueryParam("limit") @DefaultValue("5")
                    String limit) {
        int most = limit.matches("[0-9]{1,2}") ? Integer.parseInt(limit) : 0;
        if (most < 1 || most > MOST) {
            return Problem.response(400, "Bad Request", "limit is " + limit + ", but must be from 1 to " + MOST + ".");
        }
        if (image == null || image.isBlank()) {
            return Problem.response(400, "Bad Request", "image must be the id of one.");
        }
        return searches.take(() -> search(image, most))
                .orElseGet(() -> Problem.notReady("Too many searches wait already; try again in a few seconds."));
    }

    private Response search(String image, int most) {
        try (TrainingData data = trainingSet.snapshot(1)) {
            LabelledRows examples = data.train();
            Optional<float[]> embedding = recent.of(image).or(() -> labelled(image, examples));
            return embedding
                    .map(vector -> Response.ok(new View(image, Neighbours.of(image, vector, examples, most)))
                            .build())
                    .orElseGet(() -> Problem.notFound("The embedding of '" + image
                            + "' is not here: it is neither learnt from nor among the newest " + RecentEmbeddings.MOST
                            + "."));
        }
    }

    private static Optional<float[]> labelled(String image, LabelledRows examples) {
        int row = examples.ids().indexOf(image);
        if (row < 0) {
            return Optional.empty();
        }
        float[] vector = new float[examples.embeddings().dimension()];
        examples.embeddings().read(row, vector, 0);
        return Optional.of(vector);
    }
}
