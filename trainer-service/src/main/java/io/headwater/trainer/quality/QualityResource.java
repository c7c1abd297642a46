package io.headwater.trainer.quality;

import io.headwater.trainer.problem.Problem;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Live quality over REST. */
@Path("/quality")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "quality", description = "How good the answers were, now that their labels have come")
public class QualityResource {
    private static final int MOST_VERSIONS = 100;

    private final LiveQuality live;
    private final QualityWatch watch;
    private final QualitySettings settings;

    QualityResource(LiveQuality live, QualityWatch watch, QualitySettings settings) {
        this.live = live;
        this.watch = watch;
        this.settings = settings;
    }

    /** The versions that have answered. */
    @GET
    @Operation(
            summary = "Live quality of the newest versions, and how the stable one stands to what its holdout promised",
            description = "Of every labelled image, what each version had said of it before the label could be learnt."
                    + " Time windows are by when the answer was given. Where people label chiefly what a version is"
                    + " unsure of or wrong about, it looks worse than it is; 'sample' has the images that are drawn by a hash of"
                    + " their id, about one in five, alone: there it does not, so long as those are labelled as the queue"
                    + " offers them. Of the labels that one annotator gives in an hour a limited number counts; 'labels' tells how many"
                    + " were beyond.")
    @APIResponse(
            responseCode = "200",
            description = "Live quality, the newest version first",
            content =
                    @Content(
                            schema = @Schema(implementation = QualityView.class),
                            examples = @ExampleObject(name = "a fall", value = QualityExamples.LIST)))
    @APIResponse(
            responseCode = "400",
            description = "The limit is no number that is allowed",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "limit", value = QualityExamples.BAD_LIMIT)))
    @APIResponse(
            responseCode = "503",
            description = "The topic has not been read yet",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "starting", value = QualityExamples.NOT_READY)))
    public Response list(@QueryParam("limit") @DefaultValue("5") String limit) {
        if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > MOST_VERSIONS) {
            return Problem.response(
                    400, "Bad Request", "The limit is " + limit + ", but must be from 1 to " + MOST_VERSIONS + ".");
        }
        if (!watch.isReady()) {
            return Problem.notReady();
        }
        return Response.ok(new QualityView(
                        live.size(),
                        unbiased(),
                        live.weights(),
                        watch.fall(),
                        watch.check(),
                        report().stream().limit(Integer.parseInt(limit)).toList()))
                .build();
    }

    /** One version. */
    @GET
    @Path("/{version}")
    @Operation(summary = "Live quality of one version")
    @APIResponse(
            responseCode = "200",
            description = "Its live quality",
            content =
                    @Content(
                            schema = @Schema(implementation = VersionQuality.class),
                            examples = @ExampleObject(name = "served", value = QualityExamples.VERSION)))
    @APIResponse(
            responseCode = "404",
            description = "No labelled image was answered by it",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = QualityExamples.UNKNOWN)))
    @APIResponse(
            responseCode = "503",
            description = "The topic has not been read yet",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "starting", value = QualityExamples.NOT_READY)))
    public Response get(@PathParam("version") long version) {
        if (!watch.isReady()) {
            return Problem.notReady();
        }
        return report().stream()
                .filter(quality -> quality.version() == version)
                .findFirst()
                .map(quality -> Response.ok(quality).build())
                .orElseGet(() -> Problem.notFound("No labelled image was answered by a version " + version + "."));
    }

    private String unbiased() {
        return switch (settings.counted()) {
            case SAMPLE -> "sample: the random sample alone, whose images the queue offers without looking at them.";
            case ALL -> "all: headwater.quality.counted says that labels come for all images, or without looking.";
        };
    }

    private List<VersionQuality> report() {
        return live.report(settings.window(), settings.windows());
    }
}
