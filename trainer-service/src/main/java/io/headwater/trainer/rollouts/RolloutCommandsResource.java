package io.headwater.trainer.rollouts;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.headwater.trainer.leadership.LeaderOnly;
import io.headwater.trainer.problem.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.LongFunction;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * People take the wheel. What is so already is answered with 200, whatever the generation (RFC 9110, 13.1.1): so whoever
 * got no answer may ask again.
 */
@Path("/rollouts")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "rollouts", description = "What is served")
@Blocking
@LeaderOnly
@OpenAPIDefinition(
        // Title and version are those of the configuration.
        info = @Info(title = "", version = ""),
        components =
                @Components(
                        requestBodies =
                                @RequestBody(
                                        name = RolloutCommandsResource.COMMAND,
                                        required = true,
                                        content =
                                                @Content(
                                                        mediaType = MediaType.APPLICATION_JSON,
                                                        schema = @Schema(implementation = Command.class),
                                                        examples =
                                                                @ExampleObject(
                                                                        name = "who and why",
                                                                        value = RolloutExamples.COMMAND)))))
@APIResponse(
        responseCode = "200",
        description = "It is so now",
        content =
                @Content(
                        schema = @Schema(implementation = StandingView.class),
                        examples = @ExampleObject(name = "the rollout", value = RolloutExamples.STANDING)))
@APIResponse(
        responseCode = "400",
        description = "The body does not say who and why",
        content =
                @Content(
                        mediaType = Problem.MEDIA_TYPE,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "problem", value = RolloutExamples.BAD_BODY)))
@APIResponse(
        responseCode = "404",
        description = "There is no such version",
        content =
                @Content(
                        mediaType = Problem.MEDIA_TYPE,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "problem", value = RolloutExamples.UNKNOWN)))
@APIResponse(
        responseCode = "409",
        description = "It can not be done to the rollout as it is",
        content =
                @Content(
                        mediaType = Problem.MEDIA_TYPE,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "problem", value = RolloutExamples.REFUSED)))
@APIResponse(
        responseCode = "412",
        description = "The rollout is at another generation",
        content =
                @Content(
                        mediaType = Problem.MEDIA_TYPE,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "problem", value = RolloutExamples.STALE)))
@APIResponse(
        responseCode = "428",
        description = "There is no If-Match",
        content =
                @Content(
                        mediaType = Problem.MEDIA_TYPE,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "problem", value = RolloutExamples.UNCONDITIONAL)))
@APIResponse(
        responseCode = "503",
        description = "This trainer is a standby, the topics have not been read yet, or Kafka is away",
        content =
                @Content(
                        mediaType = Problem.MEDIA_TYPE,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "problem", value = RolloutExamples.NOT_READY)))
public class RolloutCommandsResource {
    /** Name of what each of them takes. */
    static final String COMMAND = "RolloutCommand";

    private final HandControls controls;
    private final Rollouts rollouts;

    RolloutCommandsResource(HandControls controls, Rollouts rollouts) {
        this.controls = controls;
        this.rollouts = rollouts;
    }

    /** Make a version stable. */
    @POST
    @Path("/{version}/promote")
    @Operation(summary = "Make a version stable")
    @RequestBody(ref = COMMAND)
    public Response promote(
            @PathParam("version") String version, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, String body)
            throws JsonProcessingException {
        return with(version, Move.Promote::new, ifMatch, body);
    }

    /** Try a version out: it is scored on every image and answers none. */
    @POST
    @Path("/{version}/shadow")
    @Operation(summary = "Try a version out: it is scored on every image and answers none")
    @RequestBody(ref = COMMAND)
    public Response shadow(
            @PathParam("version") String version, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, String body)
            throws JsonProcessingException {
        return with(version, Move.Shadow::new, ifMatch, body);
    }

    /** Take a version back: it is not to be served. */
    @POST
    @Path("/{version}/reject")
    @Operation(summary = "Take a version back: it is not to be served")
    @RequestBody(ref = COMMAND)
    public Response reject(
            @PathParam("version") String version, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, String body)
            throws JsonProcessingException {
        return with(version, Move.Reject::new, ifMatch, body);
    }

    /** Lets a version answer a share. */
    @POST
    @Path("/{version}/canary")
    @Operation(summary = "Let a version answer a share of the images", description = "percentage is from 1 to 99.")
    @RequestBody(ref = COMMAND)
    public Response canary(
            @PathParam("version") String version,
            @QueryParam("percentage") String percentage,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            String body)
            throws JsonProcessingException {
        if (percentage == null || !percentage.matches("[1-9][0-9]?")) {
            return Problem.response(
                    400, "Bad Request", "The percentage is " + percentage + ", but must be from 1 to 99.");
        }
        return with(version, number -> new Move.Canary(number, Integer.parseInt(percentage)), ifMatch, body);
    }

    /** Go back to the version that was stable before. */
    @POST
    @Path("/rollback")
    @Operation(
            summary = "Go back to the version that was stable before",
            description =
                    "The one that is stable now has failed: nothing goes forward for a while, and the next one must beat it.")
    @RequestBody(ref = COMMAND)
    public Response rollback(@HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, String body)
            throws JsonProcessingException {
        return controls.apply(new Move.Rollback(), ifMatch, body);
    }

    /** Let nothing go forward by itself. */
    @POST
    @Path("/pause")
    @Operation(
            summary = "Let nothing go forward by itself",
            description = "A version that is significantly worse is taken back all the same.")
    @RequestBody(ref = COMMAND)
    public Response pause(@HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, String body)
            throws JsonProcessingException {
        return controls.apply(new Move.Pause(), ifMatch, body);
    }

    /** End a pause and a pin. */
    @POST
    @Path("/resume")
    @Operation(summary = "End a pause and a pin")
    @RequestBody(ref = COMMAND)
    public Response resume(@HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, String body)
            throws JsonProcessingException {
        return controls.apply(new Move.Resume(), ifMatch, body);
    }

    /** Keep the stable version, whatever the evidence says. */
    @POST
    @Path("/pin")
    @Operation(summary = "Keep the stable version, whatever the evidence says", description = "Until somebody resumes.")
    @RequestBody(ref = COMMAND)
    public Response pin(@HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, String body) throws JsonProcessingException {
        return controls.apply(new Move.Pin(), ifMatch, body);
    }

    private Response with(String version, LongFunction<Move> move, String ifMatch, String body)
            throws JsonProcessingException {
        if (!version.matches("[0-9]{1,18}") || !rollouts.situation().models().containsKey(Long.parseLong(version))) {
            return Problem.notFound("There is no version " + version + ".");
        }
        return controls.apply(move.apply(Long.parseLong(version)), ifMatch, body);
    }
}
