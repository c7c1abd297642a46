package io.headwater.trainer.control;

import io.headwater.events.Artifact;
import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.registry.Publisher;
import io.headwater.trainer.registry.Registry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;

/**
 * Chooses the backbone at the very first start and keeps that choice ever after, unless the configuration names another one:
 * then the backbone is changed, see {@link BackboneChanges}.
 */
public final class Backbones {
    private static final Logger LOG = Logger.getLogger(Backbones.class);

    private final BackboneSource configured;
    private final ArtifactStore store;
    private final Registry registry;
    private final Publisher publisher;
    private final LongConsumer beforeChange;
    private final Clock clock;

    private Optional<CompletableFuture<BackboneFile>> wanted = Optional.empty();
    private boolean followed;

    /**
     * @param configured what {@code headwater.backbone} names
     * @param beforeChange is given the number of a change before that is published
     */
    public Backbones(
            BackboneSource configured,
            ArtifactStore store,
            Registry registry,
            Publisher publisher,
            LongConsumer beforeChange,
            Clock clock) {
        this.configured = configured;
        this.store = store;
        this.registry = registry;
        this.publisher = publisher;
        this.beforeChange = beforeChange;
        this.clock = clock;
    }

    /** The recorded backbone, whose file is in the store; at the very first start it is published now. */
    public Backbone establish() {
        followed = false;
        wanted = Optional.empty();
        Optional<RolloutChanged> recorded = registry.rollout();
        if (recorded.isPresent()) {
            Backbone backbone = recorded.get().getBackbone();
            restore(backbone);
            return backbone;
        }
        BackboneFile file = configured.acquire();
        Backbone backbone = store(file);
        RolloutChanged first = RolloutChanged.newBuilder()
                .setGeneration(1)
                .setBackbone(backbone)
                .setReason("The first start: the backbone " + file.name() + ", and no version yet.")
                .setChangedBy("trainer")
                .setChangedAt(clock.instant())
                .build();
        publisher.publish(List.of(), Optional.of(first));
        // Known at once: whoever is told that the trainer is ready may ask for the rollout.
        registry.put(first);
        LOG.infof("backbone published name=%s id=%s inputSize=%d", file.name(), file.id(), file.inputSize());
        return backbone;
    }

    /**
     * Begins a change of the backbone when the configuration names another than is recorded, and gives it up when it names
     * the recorded one again. To be called often: a backbone that has to be downloaded first is waited for without blocking.
     *
     * @return whether a change began or ended just now
     */
    public boolean followConfiguration() {
        if (followed || !configured.isBinding()) {
            return false;
        }
        CompletableFuture<BackboneFile> file = wanted.orElseGet(
                () -> CompletableFuture.supplyAsync(configured::acquire, task -> new Thread(task, "backbone").start()));
        wanted = Optional.of(file);
        if (!file.isDone()) {
            return false;
        }
        Optional<RolloutChanged> change = change(file);
        change.ifPresent(rollout -> {
            publisher.publish(List.of(), Optional.of(rollout));
            registry.put(rollout);
            LOG.infof("rollout changed generation=%d reason=\"%s\"", rollout.getGeneration(), rollout.getReason());
        });
        followed = true;
        wanted = Optional.empty();
        return change.isPresent();
    }

    private Optional<RolloutChanged> change(CompletableFuture<BackboneFile> acquired) {
        RolloutChanged present = registry.rollout().orElseThrow();
        BackboneFile file;
        try {
            file = acquired.join();
        } catch (CompletionException e) {
            LOG.warnf(
                    "headwater.backbone can't be had, so the backbone stays %s until the next start: %s",
                    BackboneChanges.text(present.getBackbone()), e.getCause().getMessage());
            return Optional.empty();
        }
        Optional<RolloutChanged> change = BackboneChanges.of(present, unstored(file), clock.instant());
        change.map(RolloutChanged::getNextBackbone).ifPresent(next -> {
            // All that it takes is there before anybody hears of it.
            store(file);
            beforeChange.accept(next.getChange());
        });
        return change;
    }

    private Backbone store(BackboneFile file) {
        Backbone backbone = unstored(file);
        store.write(backbone.getUri(), file.bytes());
        return backbone;
    }

    private static Backbone unstored(BackboneFile file) {
        return new Backbone(
                file.id(),
                file.name(),
                "backbones/" + file.id() + ".onnx",
                (long) file.bytes().length,
                file.inputSize(),
                file.dimension(),
                0L);
    }

    /** The file of {@code backbone}, checked. */
    public byte[] file(Backbone backbone) {
        return store.read(new Artifact(backbone.getUri(), backbone.getId(), backbone.getSize()));
    }

    private void restore(Backbone backbone) {
        if (!store.exists(backbone.getUri())) {
            BackboneFile file = configured.acquire(backbone.getName());
            if (file.id().equals(backbone.getId())) {
                store.write(backbone.getUri(), file.bytes());
                LOG.warnf("backbone was missing in the artifact store and is written again id=%s", backbone.getId());
            }
        }
        file(backbone);
    }
}
