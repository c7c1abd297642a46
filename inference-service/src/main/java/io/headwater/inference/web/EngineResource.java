package io.headwater.inference.web;

import io.headwater.inference.EngineState;
import io.headwater.inference.InferenceService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Tells what images are embedded with. */
@Path("/engine")
@Produces(MediaType.APPLICATION_JSON)
public class EngineResource {
    private static final String EXAMPLE =
            """
            {"engine": "ONNX Runtime", "version": "1.21.1", "providers": ["CPUExecutionProvider"], "device": "cpu",
             "withoutGpuBecause": null, "processors": 2, "threads": 2, "sessions": 1, "intraOpThreads": 1,
             "backbone": {"id": "5307a072c676046c6cde75e1d5e2adfe4148713e7411345769c8e0cc5d568d8a",
                          "precision": "fp32", "inputSize": 224, "dimension": 2432}}""";

    private final InferenceService service;

    EngineResource(InferenceService service) {
        this.service = service;
    }

    /** The engine, its device and threads, and the backbone that is loaded. */
    @GET
    @Operation(
            summary = "ONNX Runtime as it runs here: version, device, threads, sessions, and the backbone's precision")
    @APIResponse(
            responseCode = "200",
            description = "What was chosen at the start; backbone is null before the first",
            content =
                    @Content(
                            schema = @Schema(implementation = EngineState.class),
                            examples = @ExampleObject(name = "cpu", value = EXAMPLE)))
    public EngineState engine() {
        return service.engine();
    }
}
