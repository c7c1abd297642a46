package io.headwater.trainer.registry;

import io.headwater.artifacts.ArtifactException;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.problem.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Versions over REST. */
@Path("/models")
@Tag(name = "models", description = "Model versions and their files")
@Blocking
public class ModelsResource {
    private static final Logger LOG = Logger.getLogger(ModelsResource.class);

    private final Registry registry;
    private final ArtifactStore store;

    ModelsResource(Registry registry, ArtifactStore store) {
        this.registry = registry;
        this.store = store;
    }

    /** All versions. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "All versions, newest first")
    @APIResponse(responseCode = "503", description = "The topics have not been read yet")
    public Response list() {
        if (!registry.isComplete()) {
            return Problem.notReady();
        }
        return Response.ok(registry.newestFirst().stream().map(ModelView::of).toList())
                .build();
    }

    /** One version. */
    @GET
    @Path("/{version}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "One version")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public Response get(@PathParam("version") String version) {
        return with(version, model -> Response.ok(ModelView.of(model)).build());
    }

    /** A version's model file. */
    @GET
    @Path("/{version}/model.onnx")
    @Produces({MediaType.APPLICATION_OCTET_STREAM, Problem.MEDIA_TYPE})
    @Operation(
            summary = "The complete model of a version",
            description =
                    "ONNX: image uint8 [N, H, W, 3] RGB to probabilities float32 [N, C] and embedding float32 [N, D]."
                            + " The ETag is its SHA-256.")
    @APIResponse(responseCode = "404", description = "There is no such version")
    @APIResponse(responseCode = "500", description = "The file is missing or damaged")
    public Response model(@PathParam("version") String version, @Context Request request) {
        return with(version, model -> file(model, request));
    }

    private Response file(ModelPublished model, Request request) {
        EntityTag tag = new EntityTag(model.getModel().getSha256());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged.tag(tag).build();
        }
        try {
            return Response.ok(store.read(model.getModel()), MediaType.APPLICATION_OCTET_STREAM)
                    .tag(tag)
                    .header("Content-Disposition", "attachment; filename=\"headwater-" + model.getVersion() + ".onnx\"")
                    .build();
        } catch (ArtifactException e) {
            LOG.error("a model file can't be served", e);
            return Problem.response(500, "Internal Server Error", e.getMessage());
        }
    }

    private Response with(String version, Function<ModelPublished, Response> answer) {
        if (!registry.isComplete()) {
            return Problem.notReady();
        }
        Optional<ModelPublished> model =
                version.matches("[0-9]{1,18}") ? registry.model(Long.parseLong(version)) : Optional.empty();
        return model.map(answer).orElseGet(() -> Problem.notFound("There is no version " + version + "."));
    }
}
