package io.headwater.inference.rollout;

import io.headwater.events.RolloutChanged;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Head;
import io.headwater.inference.model.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that one decision about the rollout puts into play, loaded and tried. Immutable. Closing it lets go of the backbone
 * and the heads; those that a later generation uses too stay loaded.
 */
public final class Generation implements AutoCloseable {
    private final RolloutChanged rollout;
    private final Shared<Backbone> backbone;
    private final Optional<Shared<Head>> stable;
    private final Optional<Shared<Head>> canary;
    private final List<Shared<Head>> shadows;

    Generation(
            RolloutChanged rollout,
            Shared<Backbone> backbone,
            Optional<Shared<Head>> stable,
            Optional<Shared<Head>> canary,
            List<Shared<Head>> shadows) {
        this.rollout = rollout;
        this.backbone = backbone;
        this.stable = stable;
        this.canary = canary;
        this.shadows = List.copyOf(shadows);
    }

    /** Number of the decision. */
    public long number() {
        return rollout.getGeneration();
    }

    /** What every image is embedded with. */
    public Backbone backbone() {
        return backbone.get();
    }

    /** Whether the canary answers this image. */
    public boolean canaryAnswers(String imageId) {
        return canary.isPresent()
                && Canary.answers(imageId, canary.get().get().version(), rollout.getCanaryPercentage());
    }

    /** The head that answers this image: the canary for its share, else the stable one; empty before there is any. */
    public Optional<Head> answering(String imageId) {
        return canaryAnswers(imageId) ? canary.map(Shared::get) : stable.map(Shared::get);
    }

    /** The heads that are scored on every image and answer none. */
    public List<Head> shadows() {
        return shadows.stream().map(Shared::get).toList();
    }

    /** The decision itself. */
    RolloutChanged rollout() {
        return rollout;
    }

    /** The loaded backbone, if it is the one with this id. */
    Optional<Shared<Backbone>> backbone(io.headwater.events.Backbone announced) {
        return Optional.of(backbone)
                .filter(loaded -> loaded.get().id().equals(announced.getId())
                        && loaded.get().inputSize() == announced.getInputSize()
                        && loaded.get().dimension() == announced.getDimension());
    }

    @Override
    public void close() {
        backbone.release();
        heads().forEach(Shared::release);
    }

    private List<Shared<Head>> heads() {
        List<Shared<Head>> heads = new ArrayList<>(shadows);
        stable.ifPresent(heads::add);
        canary.ifPresent(heads::add);
        return heads;
    }
}
