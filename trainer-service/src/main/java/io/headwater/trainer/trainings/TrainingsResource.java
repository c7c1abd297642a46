package io.headwater.trainer.trainings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.trainer.leadership.LeaderOnly;
import io.headwater.trainer.leadership.Standing;
import io.headwater.trainer.problem.Problem;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.training.TrainingPolicy;
import io.headwater.trainer.trainingset.TrainingSet;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Trainings over REST. */
@Path("/trainings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "trainings", description = "Trainings that run, ran, or are asked for")
public class TrainingsResource {
    private static final int LONGEST_REASON = 256;
    private static final int LISTED = 200;

    private final Standing standing;
    private final Trainings trainings;
    private final TrainingHistory history;
    private final WaitingLabels waitingLabels;
    private final TrainingPolicy policy;
    private final TrainingSet trainingSet;
    private final ObjectMapper json;

    /** The trainings of this trainer. */
    public TrainingsResource(
            Standing standing,
            Trainings trainings,
            Registry registry,
            WaitingLabels waitingLabels,
            TrainingPolicy policy,
            TrainingSet trainingSet,
            ObjectMapper json) {
        this.standing = standing;
        this.trainings = trainings;
        this.history = new TrainingHistory(trainings, registry);
        this.waitingLabels = waitingLabels;
        this.policy = policy;
        this.trainingSet = trainingSet;
        this.json = json;
    }

    /** How things stand. */
    @GET
    @Operation(
            summary = "Whether a training runs, why not, and the last 200",
            description =
                    "A trainer remembers its own trainings until it is restarted. Of older ones, and of another"
                            + " trainer's, it knows those that made a version, from the version's record: their id is version-N.")
    @APIResponse(
            responseCode = "200",
            description = "How things stand",
            content =
                    @Content(
                            schema = @Schema(implementation = TrainingsView.class),
                            examples = @ExampleObject(name = "waiting", value = TrainingExamples.LIST)))
    public TrainingsView list() {
        Trainings.State state = trainings.state();
        int fresh = waitingLabels.now().count();
        boolean waits = fresh > 0 || state.requested().isPresent();
        return new TrainingsView(
                standing.role().word(),
                state.running().isPresent() ? "running" : waits ? "waiting" : "idle",
                state.running().map(running -> running.trigger().sentence()).orElseGet(() -> standing.obstacle()
                        .orElse(state.waitingFor())),
                fresh,
                state.running().map(TrainingView::of),
                state.last().map(TrainingView::of),
                history.newestFirst(LISTED));
    }

    /** One training. */
    @GET
    @Path("/{id}")
    @Operation(summary = "One training: where it stands, or how it ended")
    @APIResponse(
            responseCode = "200",
            description = "The training",
            content =
                    @Content(
                            schema = @Schema(implementation = TrainingView.class),
                            examples = {
                                @ExampleObject(name = "running", value = TrainingExamples.RUNNING),
                                @ExampleObject(name = "ended", value = TrainingExamples.ENDED)
                            }))
    @APIResponse(
            responseCode = "404",
            description = "There is no such training, or it is forgotten",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = TrainingExamples.UNKNOWN)))
    public Response get(@PathParam("id") String id) {
        return history.find(id).map(training -> Response.ok(training).build()).orElseGet(() -> unknown(id));
    }

    /** Asks for a training. */
    @POST
    @LeaderOnly
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            description = "May be absent",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TrainingRequest.class),
                            examples = @ExampleObject(name = "with a reason", value = TrainingExamples.REQUEST)))
    @Operation(
            summary = "Train now",
            description = "The body may be absent, or JSON with a reason. Whoever asks again before it has started gets"
                    + " the same training.")
    @APIResponse(
            responseCode = "202",
            description = "It starts at once; its Location tells how it goes",
            content =
                    @Content(
                            schema = @Schema(implementation = TrainingView.class),
                            examples = @ExampleObject(name = "requested", value = TrainingExamples.REQUESTED)))
    @APIResponse(
            responseCode = "400",
            description = "The body is something else",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "bad reason", value = TrainingExamples.BAD_REASON)))
    @APIResponse(
            responseCode = "409",
            description = "One runs already, and is in the answer; or there is not enough to train on",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "one runs", value = TrainingExamples.CONFLICT)))
    @APIResponse(
            responseCode = "503",
            description = "This trainer is a standby, the topics have not been read yet, or Kafka is away",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = {
                                @ExampleObject(name = "standby", value = TrainingExamples.STANDBY),
                                @ExampleObject(name = "not ready", value = TrainingExamples.NOT_READY)
                            }))
    public Response train(String body) throws JsonProcessingException {
        // As text: a client that sends no body sends no content type either, and must not get a 415.
        TrainingRequest request = body == null || body.isBlank() ? null : json.readValue(body, TrainingRequest.class);
        String reason = request == null || request.reason() == null
                ? "no reason given."
                : request.reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return Problem.response(
                    400, "Bad Request", "The reason must have 1 to " + LONGEST_REASON + " characters, or be absent.");
        }
        Trainings.Answer answer = trainings.request(reason, policy.obstacle(trainingSet.counts()));
        if (answer instanceof Trainings.Refused refused) {
            return Problem.response(
                    409,
                    "Conflict",
                    refused.reason(),
                    refused.running()
                            .map(running -> Map.<String, Object>of("running", TrainingView.of(running)))
                            .orElse(Map.of()));
        }
        TrainingView job = TrainingView.of(((Trainings.Accepted) answer).job());
        return Response.accepted(job)
                .location(URI.create("/trainings/" + job.id()))
                .build();
    }

    /** Stops a training. */
    @DELETE
    @LeaderOnly
    @Path("/{id}")
    @Operation(
            summary = "Stop a training, or keep it from starting",
            description =
                    "Nothing of a cancelled training is left: no files and no record. The labels that had started it"
                            + " do not start another; the next training learns from them all the same.")
    @APIResponse(
            responseCode = "202",
            description = "It will stop in a moment",
            content =
                    @Content(
                            schema = @Schema(implementation = TrainingView.class),
                            examples = @ExampleObject(name = "running", value = TrainingExamples.RUNNING)))
    @APIResponse(responseCode = "204", description = "It had not started, and will not")
    @APIResponse(
            responseCode = "404",
            description = "There is no such training, or it is forgotten",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = TrainingExamples.UNKNOWN)))
    @APIResponse(
            responseCode = "409",
            description = "It has ended, or its version is being published",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "ended", value = TrainingExamples.ENDED_BEFORE)))
    @APIResponse(
            responseCode = "503",
            description = "This trainer is a standby, the topics have not been read yet, or Kafka is away",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "standby", value = TrainingExamples.STANDBY)))
    public Response cancel(@PathParam("id") String id) {
        return switch (trainings.cancel(id)) {
            case AT_ONCE -> Response.noContent().build();
            case STOPPING ->
                history.find(id)
                        .map(training -> Response.accepted(training).build())
                        .orElseGet(() -> unknown(id));
            case TOO_LATE ->
                conflict("Training " + id + " can't be cancelled any more: its version is being published.");
            case HAD_ENDED, UNKNOWN ->
                history.find(id)
                        .map(training -> conflict("Training " + id + " has ended: "
                                + training.state().word() + "."))
                        .orElseGet(() -> unknown(id));
        };
    }

    private static Response conflict(String detail) {
        return Problem.response(409, "Conflict", detail);
    }

    private static Response unknown(String id) {
        return Problem.notFound("There is no training " + id + ".");
    }
}
