package io.headwater.trainer.registry;

import io.headwater.artifacts.ArtifactException;
import io.headwater.events.Artifact;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.artifacts.Retention;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Versions over REST. */
@Path("/models")
@Tag(name = "models", description = "Model versions and their files")
@Blocking
public class ModelsResource {
    private static final String MARKDOWN = "text/markdown;charset=UTF-8";
    private static final Logger LOG = Logger.getLogger(ModelsResource.class);

    private static final String GONE =
            "{\"title\": \"Gone\", \"status\": 410, \"detail\": \"The files of version 3 were removed:"
                    + " it is not served, is not the parent of one that is, and is not among the last 20"
                    + " (headwater.gc.keep-versions). Its record stays.\"}";

    private final Registry registry;
    private final ArtifactStore store;
    private final Retention retention;

    ModelsResource(Registry registry, ArtifactStore store, Retention retention) {
        this.registry = registry;
        this.store = store;
        this.retention = retention;
    }

    /** All versions. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "All versions, newest first", description = "Without their confusion matrices")
    @APIResponse(
            responseCode = "200",
            description = "The versions",
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.ARRAY, implementation = ModelView.class),
                            examples = @ExampleObject(name = "one version", value = ModelExamples.LIST)))
    @APIResponse(responseCode = "503", description = "The topics have not been read yet")
    public Response list() {
        if (!registry.isComplete()) {
            return Problem.notReady();
        }
        return Response.ok(
                        registry.newestFirst().stream().map(ModelView::listed).toList())
                .build();
    }

    /** One version. */
    @GET
    @Path("/{version}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "One version: its state, quality, comparison, calibration and lineage")
    @APIResponse(
            responseCode = "200",
            description = "The version",
            content =
                    @Content(
                            schema = @Schema(implementation = ModelView.class),
                            examples = @ExampleObject(name = "a version", value = ModelExamples.ONE)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such version",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = ModelExamples.UNKNOWN)))
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
    @APIResponse(
            responseCode = "404",
            description = "There is no such version",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = ModelExamples.UNKNOWN)))
    @APIResponse(
            responseCode = "410",
            description = "Its files were removed, since nothing needs them",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "removed", value = GONE)))
    @APIResponse(responseCode = "500", description = "The file is missing or damaged")
    public Response model(@PathParam("version") String version, @Context Request request) {
        return with(
                version,
                model -> file(
                        model,
                        model.getModel(),
                        MediaType.APPLICATION_OCTET_STREAM,
                        "headwater-" + model.getVersion() + ".onnx",
                        request));
    }

    /** A version's model card. */
    @GET
    @Path("/{version}/card")
    @Produces({MARKDOWN, Problem.MEDIA_TYPE})
    @Operation(
            summary = "The model card of a version",
            description =
                    "Markdown: intended use, data, quality with intervals, comparison, lineage, limits. The ETag is its"
                            + " SHA-256.")
    @APIResponse(
            responseCode = "200",
            description = "The card",
            content =
                    @Content(
                            mediaType = MARKDOWN,
                            schema = @Schema(type = SchemaType.STRING),
                            examples = @ExampleObject(name = "its beginning", value = ModelExamples.CARD)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such version, or it is of a release without cards",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = ModelExamples.UNKNOWN)))
    @APIResponse(
            responseCode = "410",
            description = "Its files were removed, since nothing needs them",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "removed", value = GONE)))
    @APIResponse(responseCode = "500", description = "The file is missing or damaged")
    public Response card(@PathParam("version") String version, @Context Request request) {
        return with(
                version,
                model -> model.getCard() == null
                        ? Problem.notFound("Version " + version + " has no model card: it is of release 0.1.")
                        : file(model, model.getCard(), MARKDOWN, "headwater-" + version + ".md", request));
    }

    private Response file(ModelPublished model, Artifact artifact, String type, String name, Request request) {
        EntityTag tag = new EntityTag(artifact.getSha256());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged.tag(tag).build();
        }
        try {
            return Response.ok(store.read(artifact), type)
                    .tag(tag)
                    .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                    .header("X-Content-Type-Options", "nosniff")
                    .build();
        } catch (ArtifactException e) {
            if (wasRemoved(model, artifact)) {
                return Problem.response(
                        410,
                        "Gone",
                        "The files of version " + model.getVersion()
                                + " were removed: it is not served, is not the parent of one that is, and is not among"
                                + " the last " + retention.last()
                                + " (headwater.gc.keep-versions). Its record stays.");
            }
            LOG.error("a file of a version can't be served", e);
            return Problem.response(500, "Internal Server Error", e.getMessage());
        }
    }

    private boolean wasRemoved(ModelPublished model, Artifact artifact) {
        boolean unneeded = registry.rollout()
                .filter(rollout ->
                        !retention.kept(registry.newestFirst(), rollout).contains(model.getVersion()))
                .isPresent();
        try {
            return unneeded && !store.exists(artifact.getUri());
        } catch (ArtifactException e) {
            // Nobody knows.
            return false;
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
