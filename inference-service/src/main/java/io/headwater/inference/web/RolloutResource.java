package io.headwater.inference.web;

import io.headwater.inference.InferenceService;
import io.headwater.inference.rollout.RolloutState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tells which versions this instance serves. */
@Path("/rollout")
@Produces(MediaType.APPLICATION_JSON)
public class RolloutResource {
    private final InferenceService service;

    RolloutResource(InferenceService service) {
        this.service = service;
    }

    /** What is served and refused now. */
    @GET
    @Operation(summary = "The generation that this instance serves, the versions in play, and what it refuses and why")
    public RolloutState rollout() {
        return service.rollout();
    }
}
