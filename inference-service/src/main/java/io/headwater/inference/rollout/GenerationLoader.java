package io.headwater.inference.rollout;

import io.headwater.events.RolloutChanged;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.artifact.ArtifactRefusedException;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Engine;
import io.headwater.inference.model.Heads;
import io.headwater.inference.model.Shared;
import java.util.Optional;

/**
 * Makes a decision ready to serve: fetches, checks, loads and tries every file it names. All or nothing: a generation
 * that can't be had whole is refused whole. Only the next backbone does not count: nothing is served with it.
 */
final class GenerationLoader {
    private static final int SMALLEST_INPUT = 8;
    private static final int LARGEST_INPUT = 2048;
    private static final int LARGEST_DIMENSION = 1 << 20;

    private final ArtifactReader artifacts;
    private final HeadsLoader heads;
    private final Engine engine;

    GenerationLoader(ArtifactReader artifacts, Engine engine) {
        this.artifacts = artifacts;
        this.heads = new HeadsLoader(artifacts);
        this.engine = engine;
    }

    /**
     * What was loaded.
     *
     * @param generation ready to serve
     * @param withoutNext why the next backbone that it names is missing in it
     */
    record Loaded(Generation generation, Optional<String> withoutNext) {}

    /**
     * Loads a generation; what {@code present} has already, backbone and heads, is shared with it.
     *
     * @throws ArtifactRefusedException with the reason; nothing stays loaded then
     */
    Loaded load(RolloutChanged rollout, Optional<Generation> present) throws ArtifactRefusedException {
        check(rollout);
        Shared<Backbone> backbone = backbone(rollout.getBackbone(), present);
        Optional<Shared<Heads>> heads = Optional.empty();
        boolean complete = false;
        try {
            heads = Optional.of(this.heads.load(rollout, backbone.get().dimension(), present));
            Next next = next(rollout, present);
            Generation generation = new Generation(rollout, backbone, next.backbone(), heads.get());
            complete = true;
            return new Loaded(generation, next.refusal());
        } finally {
            if (!complete) {
                heads.ifPresent(Shared::release);
                backbone.release();
            }
        }
    }

    private record Next(Optional<Shared<Backbone>> backbone, Optional<String> refusal) {}

    private Next next(RolloutChanged rollout, Optional<Generation> present) {
        io.headwater.events.Backbone announced = rollout.getNextBackbone();
        if (announced == null) {
            return new Next(Optional.empty(), Optional.empty());
        }
        try {
            check(announced);
            return new Next(Optional.of(backbone(announced, present)), Optional.empty());
        } catch (ArtifactRefusedException e) {
            return new Next(
                    Optional.empty(),
                    Optional.of("the next backbone " + announced.getName()
                            + " can't be loaded, so no image is embedded with it; what is served goes on: "
                            + e.getMessage()));
        }
    }

    private static void check(RolloutChanged rollout) throws ArtifactRefusedException {
        int percentage = rollout.getCanaryPercentage();
        if (percentage < 0 || percentage > 100) {
            throw new ArtifactRefusedException("a canary's share of " + percentage + " % is impossible");
        }
        check(rollout.getBackbone());
    }

    private static void check(io.headwater.events.Backbone backbone) throws ArtifactRefusedException {
        int inputSize = backbone.getInputSize();
        int dimension = backbone.getDimension();
        if (inputSize < SMALLEST_INPUT || inputSize > LARGEST_INPUT || dimension < 1 || dimension > LARGEST_DIMENSION) {
            throw new ArtifactRefusedException(
                    "a backbone with an input of " + inputSize + " pixels and " + dimension + " outputs is impossible");
        }
    }

    private Shared<Backbone> backbone(io.headwater.events.Backbone announced, Optional<Generation> present)
            throws ArtifactRefusedException {
        Optional<Shared<Backbone>> loaded = present.flatMap(generation -> generation.backbone(announced));
        if (loaded.isPresent() && loaded.get().retain()) {
            return loaded.get();
        }
        byte[] onnx = artifacts.read(announced.getUri(), announced.getSize(), announced.getId());
        try {
            return new Shared<>(
                    Backbone.load(announced.getId(), onnx, announced.getInputSize(), announced.getDimension(), engine));
        } catch (IllegalArgumentException e) {
            throw new ArtifactRefusedException(e.getMessage(), e);
        }
    }
}
