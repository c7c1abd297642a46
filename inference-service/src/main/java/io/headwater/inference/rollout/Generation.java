package io.headwater.inference.rollout;

import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Head;
import io.headwater.inference.model.Heads;
import io.headwater.inference.model.Scores;
import io.headwater.inference.model.Shared;
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
    private final Shared<Heads> heads;
    private final Optional<Head> stable;
    private final Optional<Head> canary;
    private final List<Head> shadows;

    Generation(
            RolloutChanged rollout,
            Shared<Backbone> backbone,
            Optional<Shared<Backbone>> nextBackbone,
            Shared<Heads> heads) {
        this.rollout = rollout;
        this.backbone = backbone;
        this.nextBackbone = nextBackbone;
        this.heads = heads;
        this.stable = Optional.ofNullable(rollout.getStable()).map(this::head);
        this.canary = Optional.ofNullable(rollout.getCanary()).map(this::head);
        this.shadows = rollout.getShadows().stream().map(this::head).toList();
    }

    private Head head(ServedModel announced) {
        return version(announced.getVersion())
                .orElseThrow(() -> new IllegalStateException("version " + announced.getVersion() + " was not loaded"));
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
        return canary.isPresent() && Canary.answers(imageId, canary.get().version(), rollout.getCanaryPercentage());
    }

    /** Whether a head is the canary. */
    public boolean isCanary(Head head) {
        return canary.filter(of -> of == head).isPresent();
    }

    /** The head that answers this image: the canary for its share, else the stable one; empty before there is any. */
    public Optional<Head> answering(String imageId) {
        return canaryAnswers(imageId) ? canary : stable;
    }

    /** The head that answers where nothing else is said; empty before there is any. */
    public Optional<Head> stable() {
        return stable;
    }

    /** The heads that are scored on every image and answer none. */
    public List<Head> shadows() {
        return shadows;
    }

    /** Every head in play, whatever its role, each once. */
    public List<Head> heads() {
        return heads.get().heads();
    }

    /** The head of a version, if it is in play. */
    public Optional<Head> version(long version) {
        return heads().stream().filter(head -> head.version() == version).findFirst();
    }

    /** How long each of {@link #heads()} takes for an embedding by itself; see {@link Heads#time}. */
    public void time(float[] embedding, int begin, Heads.Times times) {
        heads.get().time(embedding, begin, times);
    }

    /**
     * What each head in play says of an embedding, all scored together; one may have {@link Scores#isAnswer no answer}.
     *
     * @param embedding of {@link #backbone()}
     */
    public Scores score(float[] embedding) {
        return heads.get().score(embedding);
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

    /** The heads, scored together. */
    Shared<Heads> together() {
        return heads;
    }

    @Override
    public void close() {
        backbone.release();
        nextBackbone.ifPresent(Shared::release);
        heads.release();
    }
}
