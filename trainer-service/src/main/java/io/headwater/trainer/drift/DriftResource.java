package io.headwater.trainer.drift;

import io.headwater.trainer.problem.Problem;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Drift over REST. */
@Path("/drift")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "drift",
        description = "Whether the images that come are still like those the stable version was measured on")
public class DriftResource {
    private static final int MOST = 100;
    private static final String EXAMPLE =
            """
            {"drift": "The last 500 images are not like the 312 that version 7 was measured on (p = 0.001): rose is 41 % of the answers instead of 20 %.",
             "falseAlarmRate": 0.01, "window": 500, "collected": 120, "compared": 9, "alarms": 1, "leftOut": 0,
             "windows": [{"from": "2026-11-24T16:00:00Z", "to": "2026-11-24T16:12:00Z", "images": 500, "version": 7,
               "reference": 312, "statistic": 0.031, "p": 0.001, "drifted": true,
               "answers": {"index": 0.31, "classes": {"rose": {"before": 0.2, "now": 0.41, "index": 0.15},
                 "tulip": {"before": 0.8, "now": 0.59, "index": 0.06}}}}]}""";
    private static final String WAITING =
            """
            {"waiting": "No window of images is complete yet.", "falseAlarmRate": 0.01, "window": 500,
             "collected": 120, "compared": 0, "alarms": 0, "leftOut": 0, "windows": []}""";
    private static final String REFUSED =
            """
            {"title": "Bad Request", "status": 400, "detail": "limit is 0, but must be from 1 to 100."}""";

    private final DriftWatch watch;
    private final DriftSettings settings;

    DriftResource(DriftWatch watch, DriftSettings settings) {
        this.watch = watch;
        this.settings = settings;
    }

    /** How the last windows stand. */
    @GET
    @Operation(
            summary = "Whether the images that come are like those the stable version was measured on",
            description =
                    "Each window of images is compared with the held-out images that were labelled when the stable"
                            + " version was trained, by a kernel two-sample test on their embeddings whose false-alarm rate is"
                            + " what is configured; how the version's answers are shared out explains. Drift alone starts no"
                            + " training: it is added to the reason when live quality has fallen.")
    @APIResponse(
            responseCode = "200",
            description = "The last windows, the newest first",
            content =
                    @Content(
                            schema = @Schema(implementation = DriftView.class),
                            examples = {
                                @ExampleObject(name = "drifted", value = EXAMPLE),
                                @ExampleObject(name = "nothing yet", value = WAITING)
                            }))
    @APIResponse(
            responseCode = "400",
            description = "The limit is not one",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "refused", value = REFUSED)))
    public Response get(
            @Parameter(description = "Windows that are listed at most, 1 to 100.")
                    @QueryParam("limit")
                    @DefaultValue("10")
                    String limit) {
        int most = limit.matches("[0-9]{1,3}") ? Integer.parseInt(limit) : 0;
        if (most < 1 || most > MOST) {
            return Problem.response(400, "Bad Request", "limit is " + limit + ", but must be from 1 to " + MOST + ".");
        }
        return Response.ok(new DriftView(
                        watch.sentence(),
                        watch.obstacle(),
                        settings.falseAlarmRate(),
                        settings.window(),
                        watch.collected(),
                        watch.compared(),
                        watch.drifted(),
                        watch.leftOut(),
                        watch.last(most)))
                .build();
    }
}
