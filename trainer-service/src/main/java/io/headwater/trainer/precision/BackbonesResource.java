package io.headwater.trainer.precision;

import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import io.headwater.trainer.registry.Registry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The backbones over REST. */
@Path("/backbones")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "backbones", description = "What images are embedded with")
public class BackbonesResource {
    private static final String EXAMPLE =
            """
            {"serving": {"id": "5307a072c676046c6cde75e1d5e2adfe4148713e7411345769c8e0cc5d568d8a",
                         "name": "openimages", "inputSize": 224, "dimension": 2432, "size": 8845330},
             "next": null, "wantedPrecision": "int8",
             "decision": "headwater.backbone.precision is int8, but there are only 12 labelled images, and it takes 50 to make and to measure it: images are embedded with float32 until then.",
             "int8": null}""";

    private final Registry registry;
    private final PrecisionChoice choice;

    BackbonesResource(Registry registry, PrecisionChoice choice) {
        this.registry = registry;
        this.choice = choice;
    }

    /**
     * A recorded backbone.
     *
     * @param id SHA-256 of its file
     * @param name for people
     * @param inputSize H and W, pixels
     * @param dimension numbers of an embedding
     * @param size of its file, bytes
     */
    @Schema(name = "Backbone", description = "A recorded backbone")
    public record BackboneView(String id, String name, int inputSize, int dimension, long size) {
        static BackboneView of(Backbone backbone) {
            return new BackboneView(
                    backbone.getId(),
                    backbone.getName(),
                    backbone.getInputSize(),
                    backbone.getDimension(),
                    backbone.getSize());
        }
    }

    /**
     * The backbones.
     *
     * @param serving what images are embedded with; null before the first start has published it
     * @param next what is to replace it, while it is being changed
     * @param wantedPrecision {@code fp32} or {@code int8}, as configured
     * @param decision what became of the wish for int8
     * @param int8 the last int8 backbone that was measured since this trainer was started
     */
    @Schema(name = "Backbones", description = "What images are embedded with, and what int8 would gain and lose")
    public record View(
            Optional<BackboneView> serving,
            Optional<BackboneView> next,
            String wantedPrecision,
            Optional<String> decision,
            Optional<Int8Trial> int8) {}

    /** The backbones. */
    @GET
    @Operation(
            summary =
                    "The backbone that serves, the one that is to replace it, and what an int8 one was measured to be",
            description =
                    "With headwater.backbone.precision=int8 the trainer makes an int8 backbone with the newest images, and"
                            + " changes to it if it is fast and good enough on its machine and its labels.")
    @APIResponse(
            responseCode = "200",
            description = "The backbones; int8 is null before one was measured",
            content =
                    @Content(
                            schema = @Schema(implementation = View.class),
                            examples = @ExampleObject(name = "waiting for labels", value = EXAMPLE)))
    public View backbones() {
        Optional<RolloutChanged> rollout = registry.rollout();
        return new View(
                rollout.map(RolloutChanged::getBackbone).map(BackboneView::of),
                rollout.map(RolloutChanged::getNextBackbone).map(BackboneView::of),
                choice.wanted(),
                choice.decision(),
                choice.trial());
    }
}
