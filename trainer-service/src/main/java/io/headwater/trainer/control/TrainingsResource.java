package io.headwater.trainer.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.trainer.problem.Problem;
import io.headwater.trainer.trainingset.TrainingSet;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
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

    private final ControlPlane controlPlane;
    private final Trainings trainings;
    private final TrainingSet trainingSet;
    private final ObjectMapper json;

    TrainingsResource(ControlPlane controlPlane, Trainings trainings, TrainingSet trainingSet, ObjectMapper json) {
        this.controlPlane = controlPlane;
        this.trainings = trainings;
        this.trainingSet = trainingSet;
        this.json = json;
    }

    /**
     * What a client may say about a training it asks for.
     *
     * @param reason why, for the record
     */
    public record TrainingRequest(String reason) {}

    /**
     * How things stand.
     *
     * @param state {@code running}, {@code waiting} (for labels, time, or what {@code why} says) or {@code idle} (nothing
     *     is new)
     * @param why why none runs, or what started the one that does
     * @param newLabels labels that have come since the last training
     * @param running the training that runs
     * @param last how the last one ended
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record TrainingsView(
            String state,
            String why,
            int newLabels,
            Optional<Trainings.Running> running,
            Optional<Trainings.Ended> last) {}

    /** How things stand. */
    @GET
    @Operation(summary = "Whether a training runs, why not, and how the last one ended")
    public TrainingsView state() {
        Trainings.State state = trainings.state();
        int fresh = controlPlane.newLabels().count();
        String word = state.running().isPresent() ? "running" : fresh > 0 || state.requested() ? "waiting" : "idle";
        String why = state.running()
                .map(Trainings.Running::trigger)
                .orElseGet(() -> controlPlane.obstacle().orElse(state.waitingFor()));
        return new TrainingsView(word, why, fresh, state.running(), state.last());
    }

    /** Asks for a training. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            description = "May be absent",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TrainingRequest.class)))
    @Operation(summary = "Train now", description = "The body may be absent, or JSON with a reason.")
    @APIResponse(responseCode = "202", description = "It starts at once; GET /trainings tells how it goes")
    @APIResponse(responseCode = "400", description = "The body is something else")
    @APIResponse(responseCode = "409", description = "One runs already, or there is not enough to train on")
    @APIResponse(responseCode = "503", description = "The topics have not been read yet, or Kafka is away")
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
        Optional<String> obstacle = controlPlane.obstacle();
        if (obstacle.isPresent()) {
            return Problem.notReady(obstacle.get());
        }
        Trainings.Answer answer = trainings.request(reason, trainingSet.counts());
        if (answer instanceof Trainings.Refused refused) {
            Problem problem = new Problem(
                    "Conflict",
                    409,
                    refused.reason(),
                    refused.running()
                            .map(running -> Map.<String, Object>of(
                                    "trigger",
                                    running.trigger(),
                                    "since",
                                    running.since().toString()))
                            .orElse(null));
            return Response.status(409).type(Problem.MEDIA_TYPE).entity(problem).build();
        }
        return Response.accepted(Map.of("state", "requested", "reason", reason))
                .location(URI.create("/trainings"))
                .build();
    }
}
