package io.headwater.trainer.rollouts;

import io.headwater.trainer.problem.Problem;
import io.headwater.trainer.registry.Registry;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The rollout over REST. */
@Path("/rollouts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "rollouts", description = "What is served")
@Blocking
public class RolloutsResource {
    private static final int MOST_REMEMBERED = 1_000;

    private final Registry registry;
    private final Rollouts rollouts;

    RolloutsResource(Registry registry, Rollouts rollouts) {
        this.registry = registry;
        this.rollouts = rollouts;
    }

    /** The present rollout. */
    @GET
    @Operation(
            summary = "What is served now, why, and where the evidence stands",
            description = "The ETag is the generation, for the If-Match of whoever changes it.")
    @APIResponse(
            responseCode = "200",
            description = "The rollout",
            content =
                    @Content(
                            schema = @Schema(implementation = StandingView.class),
                            examples = @ExampleObject(name = "a canary", value = RolloutExamples.STANDING)))
    @APIResponse(
            responseCode = "503",
            description = "The topics have not been read yet",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "starting", value = RolloutExamples.NOT_READY)))
    public Response present() {
        return registry.rollout().isEmpty() ? Problem.notReady() : HandControls.standing(rollouts);
    }

    /** What there was before. */
    @GET
    @Path("/history")
    @Operation(summary = "The rollouts that there were, with who and why, the latest first")
    @APIResponse(
            responseCode = "200",
            description = "The rollouts",
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.ARRAY, implementation = RolloutView.class),
                            examples = @ExampleObject(name = "one", value = RolloutExamples.HISTORY)))
    @APIResponse(
            responseCode = "400",
            description = "The limit is no number that is allowed",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "The topics have not been read yet",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "starting", value = RolloutExamples.NOT_READY)))
    public Response history(@QueryParam("limit") @DefaultValue("50") String limit) {
        if (!limit.matches("[1-9][0-9]{0,3}") || Integer.parseInt(limit) > MOST_REMEMBERED) {
            return Problem.response(
                    400, "Bad Request", "The limit is " + limit + ", but must be from 1 to " + MOST_REMEMBERED + ".");
        }
        if (!registry.isComplete()) {
            return Problem.notReady();
        }
        return Response.ok(registry.history().stream()
                        .limit(Integer.parseInt(limit))
                        .map(RolloutView::of)
                        .toList())
                .build();
    }
}
