package io.headwater.inference.rollout;

import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.artifact.ArtifactRefusedException;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Head;
import io.headwater.inference.model.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a decision ready to serve: fetches, checks, loads and tries every file it names. All or nothing: a generation
 * that can't be had whole is refused whole.
 */
final class GenerationLoader {
    private static final int SMALLEST_INPUT = 8;
    private static final int LARGEST_INPUT = 2048;
    private static final int LARGEST_DIMENSION = 1 << 20;

    private final ArtifactReader artifacts;
    private final int intraOpThreads;

    GenerationLoader(ArtifactReader artifacts, int intraOpThreads) {
        this.artifacts = artifacts;
        this.intraOpThreads = intraOpThreads;
    }

    /**
     * Loads a generation; a backbone that {@code present} has already is shared with it.
     *
     * @throws ArtifactRefusedException with the reason; nothing stays loaded then
     */
    Generation load(RolloutChanged rollout, Optional<Generation> present) throws ArtifactRefusedException {
        check(rollout);
        Shared<Backbone> backbone = backbone(rollout.getBackbone(), present);
        List<Shared<Head>> loaded = new ArrayList<>();
        boolean complete = false;
        try {
            int dimension = backbone.get().dimension();
            Optional<Shared<Head>> stable = head(rollout.getStable(), dimension, loaded);
            Optional<Shared<Head>> canary = head(rollout.getCanary(), dimension, loaded);
            List<Shared<Head>> shadows = new ArrayList<>();
            for (ServedModel shadow : rollout.getShadows()) {
                head(shadow, dimension, loaded).ifPresent(shadows::add);
            }
            Generation generation = new Generation(rollout, backbone, stable, canary, shadows);
            complete = true;
            return generation;
        } finally {
            if (!complete) {
                loaded.forEach(Shared::release);
                backbone.release();
            }
        }
    }

    private static void check(RolloutChanged rollout) throws ArtifactRefusedException {
        int percentage = rollout.getCanaryPercentage();
        if (percentage < 0 || percentage > 100) {
            throw new ArtifactRefusedException("a canary's share of " + percentage + " % is impossible");
        }
        int inputSize = rollout.getBackbone().getInputSize();
        int dimension = rollout.getBackbone().getDimension();
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
            return new Shared<>(Backbone.load(
                    announced.getId(), onnx, announced.getInputSize(), announced.getDimension(), intraOpThreads));
        } catch (IllegalArgumentException e) {
            throw new ArtifactRefusedException(e.getMessage(), e);
        }
    }

    private Optional<Shared<Head>> head(ServedModel announced, int dimension, List<Shared<Head>> loaded)
            throws ArtifactRefusedException {
        if (announced == null) {
            return Optional.empty();
        }
        byte[] onnx = artifacts.read(announced.getUri(), announced.getSize(), announced.getSha256());
        try {
            Shared<Head> head = new Shared<>(Head.load(announced.getVersion(), onnx, announced.getLabels(), dimension));
            loaded.add(head);
            return Optional.of(head);
        } catch (IllegalArgumentException e) {
            throw new ArtifactRefusedException(e.getMessage(), e);
        }
    }
}
