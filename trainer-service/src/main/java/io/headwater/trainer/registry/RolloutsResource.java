package io.headwater.trainer.registry;

import io.headwater.trainer.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The rollout over REST. */
@Path("/rollouts")
@Tag(name = "rollouts", description = "What is served")
public class RolloutsResource {
    private final Registry registry;

    RolloutsResource(Registry registry) {
        this.registry = registry;
    }

    /** The present rollout. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "What is served now, and why")
    @APIResponse(responseCode = "503", description = "The topics have not been read yet")
    public Response present() {
        return registry.rollout()
                .map(rollout -> Response.ok(RolloutView.of(rollout)).build())
                .orElseGet(Problem::notReady);
    }
}
