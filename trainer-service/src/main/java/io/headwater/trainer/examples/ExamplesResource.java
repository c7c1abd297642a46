package io.headwater.trainer.examples;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.trainer.problem.Problem;
import io.headwater.trainer.training.TrainingPolicy;
import io.headwater.trainer.trainingset.ExamplesPage;
import io.headwater.trainer.trainingset.TrainingSet;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The training set over REST. */
@Path("/examples")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "examples", description = "The training set")
public class ExamplesResource {
    private static final String COUNTS =
            """
            {"total": 131, "train": 103, "holdout": 27, "setAside": 1, "minExamplesPerClass": 5,
             "labelsWithoutImage": {"waiting": 3, "late": 1},
             "classes": {
               "cat": {"train": 52, "holdout": 14, "setAside": 1, "learnt": true, "missing": 0},
               "dog": {"train": 49, "holdout": 13, "setAside": 0, "learnt": true, "missing": 0},
               "emu": {"train": 2, "holdout": 0, "setAside": 0, "learnt": false, "missing": 3}}}""";

    private static final String ITEMS =
            """
            {"items": [
               {"id": "0b1f6c", "label": "cat", "split": "holdout", "labelledAt": "2026-01-01T12:00:00Z", "setAside": true},
               {"id": "2d77a0", "label": "cat", "split": "train", "labelledAt": "2026-01-01T12:00:03Z", "setAside": false}],
             "next": "2d77a0"}""";

    private static final String BAD_LIMIT =
            """
            {"title": "Bad Request", "status": 400, "detail": "limit is '0', but must be from 1 to 1000."}""";

    private final TrainingSet trainingSet;
    private final TrainingPolicy policy;
    private final LabelBacklog backlog;

    ExamplesResource(TrainingSet trainingSet, TrainingPolicy policy, LabelBacklog backlog) {
        this.trainingSet = trainingSet;
        this.policy = policy;
        this.backlog = backlog;
    }

    /**
     * Some examples, in the order of their image ids.
     *
     * @param items the examples
     * @param next what to ask after for the following ones; absent when there are none
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ItemsView(List<ItemView> items, Optional<String> next) {}

    /**
     * An example.
     *
     * @param id of the image
     * @param label its class
     * @param split {@code train} or {@code holdout}
     * @param labelledAt when its label was given
     * @param setAside whether it is held out and not measured on, because one that is learnt from is nearly the same picture
     */
    public record ItemView(String id, String label, String split, Instant labelledAt, boolean setAside) {
        static ItemView of(ExamplesPage.Item item) {
            return new ItemView(
                    item.id(),
                    item.label(),
                    item.split().name().toLowerCase(Locale.ROOT),
                    item.labelledAt(),
                    item.setAside());
        }
    }

    /** Examples of each class. */
    @GET
    @Operation(
            summary = "Labelled examples, per class and split",
            description = "Classes with too few examples are listed and wait. A label without an image is late after"
                    + " headwater.training.label-window; it still counts if the image comes.")
    @APIResponse(
            responseCode = "200",
            description = "How much there is to learn from",
            content =
                    @Content(
                            schema = @Schema(implementation = ExamplesView.class),
                            examples = @ExampleObject(name = "three classes", value = COUNTS)))
    public ExamplesView counts() {
        return ExamplesView.of(trainingSet.counts(), policy.minExamplesPerClass(), backlog.count());
    }

    /** The examples, page by page. */
    @GET
    @Path("/items")
    @Operation(
            summary = "The examples one by one, in the order of the image ids",
            description = "For the next page ask after `next`. Examples that come and go in between move nothing.")
    @APIResponse(
            responseCode = "200",
            description = "A page; without `next` it is the last one",
            content =
                    @Content(
                            schema = @Schema(implementation = ItemsView.class),
                            examples = @ExampleObject(name = "two cats", value = ITEMS)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter makes no sense",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "limit", value = BAD_LIMIT)))
    public Response items(
            @Parameter(description = "Only of this class", example = "cat") @QueryParam("label") String label,
            @Parameter(description = "Only of this side: train or holdout") @QueryParam("split") String split,
            @Parameter(description = "Only those set aside (true), or only the others (false)") @QueryParam("setAside")
                    String setAside,
            @Parameter(description = "Only of images whose id comes after this one") @QueryParam("after") String after,
            @Parameter(description = "How many at most, 1 to 1000; 100 if absent", example = "100") @QueryParam("limit")
                    String limit) {
        try {
            ExamplesPage page = trainingSet.page(ExamplesQuery.of(label, split, setAside, after, limit));
            return Response.ok(new ItemsView(
                            page.items().stream().map(ItemView::of).toList(), page.next()))
                    .build();
        } catch (IllegalArgumentException e) {
            return Problem.response(400, "Bad Request", e.getMessage());
        }
    }
}
