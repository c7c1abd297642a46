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
import org.jboss.logging.Logger;

/** Chooses the backbone at the very first start and keeps that choice ever after. */
public final class Backbones {
    private static final Logger LOG = Logger.getLogger(Backbones.class);

    private final BackboneSource configured;
    private final ArtifactStore store;
    private final Registry registry;
    private final Publisher publisher;
    private final Clock clock;

    /**
     * @param configured what {@code headwater.backbone} names
     */
    public Backbones(
            BackboneSource configured, ArtifactStore store, Registry registry, Publisher publisher, Clock clock) {
        this.configured = configured;
        this.store = store;
        this.registry = registry;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** The recorded backbone, whose file is in the store; at the very first start it is published now. */
    public Backbone establish() {
        Optional<RolloutChanged> recorded = registry.rollout();
        if (recorded.isPresent()) {
            Backbone backbone = recorded.get().getBackbone();
            if (!configured.accepts(backbone.getName())) {
                LOG.warnf(
                        "headwater.backbone names %s, but the recorded backbone is %s, and it stays",
                        configured.name(), backbone.getName());
            }
            restore(backbone);
            return backbone;
        }
        BackboneFile file = configured.acquire();
        Artifact artifact = store.write("backbones/" + file.id() + ".onnx", file.bytes());
        Backbone backbone = new Backbone(
                file.id(), file.name(), artifact.getUri(), artifact.getSize(), file.inputSize(), file.dimension(), 0L);
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
