package io.headwater.inference.rollout;

import io.headwater.events.RolloutChanged;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Head;
import io.headwater.inference.model.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that one decision about the rollout puts into play, loaded and tried. Immutable. Closing it lets go of the backbone
 * and the heads; those that a later generation uses too stay loaded.
 */
public final class Generation implements AutoCloseable {
    private final RolloutChanged rollout;
    private final Shared<Backbone> backbone;
    private final Optional<Shared<Backbone>> nextBackbone;
    private final Optional<Shared<Head>> stable;
    private final Optional<Shared<Head>> canary;
    private final List<Shared<Head>> shadows;

    Generation(
            RolloutChanged rollout,
            Shared<Backbone> backbone,
            Optional<Shared<Backbone>> nextBackbone,
            Optional<Shared<Head>> stable,
            Optional<Shared<Head>> canary,
            List<Shared<Head>> shadows) {
        this.rollout = rollout;
        this.backbone = backbone;
        this.nextBackbone = nextBackbone;
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

    /** The change that brought {@link #backbone()}; 0 when it is the very first. */
    public long change() {
        return rollout.getBackbone().getChange();
    }

    /** The change that is under way. */
    public Optional<Long> nextChange() {
        return Optional.ofNullable(rollout.getNextBackbone()).map(io.headwater.events.Backbone::getChange);
    }

    /** The backbone that a change brings or has brought; empty if it is another change, or if it could not be loaded. */
    public Optional<Backbone> backboneOf(long change) {
        if (change() == change) {
            return Optional.of(backbone());
        }
        return nextChange().filter(next -> next == change).flatMap(next -> nextBackbone.map(Shared::get));
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

    /** A loaded backbone, if one of them is that with this id. */
    Optional<Shared<Backbone>> backbone(io.headwater.events.Backbone announced) {
        return Stream.concat(Stream.of(backbone), nextBackbone.stream())
                .filter(loaded -> loaded.get().id().equals(announced.getId())
                        && loaded.get().inputSize() == announced.getInputSize()
                        && loaded.get().dimension() == announced.getDimension())
                .findFirst();
    }

    @Override
    public void close() {
        backbone.release();
        nextBackbone.ifPresent(Shared::release);
        heads().forEach(Shared::release);
    }

    private List<Shared<Head>> heads() {
        List<Shared<Head>> heads = new ArrayList<>(shadows);
        stable.ifPresent(heads::add);
        canary.ifPresent(heads::add);
        return heads;
    }
}
