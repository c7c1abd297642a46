package io.headwater.trainer.control;

import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be published with a new version. Plain functions. */
final class Decisions {
    private Decisions() {}

    /**
     * What is published in one transaction.
     *
     * @param models the records that are new or changed
     * @param rollout the rollout that follows, if one does
     */
    record Publication(List<ModelPublished> models, Optional<RolloutChanged> rollout) {}

    /**
     * A version that passed the gate becomes stable and the one that was stable is retired; any other changes
     * nothing of what is served. The first on the next backbone brings that with it: nothing else can answer its embeddings.
     *
     * @throws IllegalStateException if it is on a backbone that neither serves nor is to serve
     */
    static Publication of(
            ModelPublished version, RolloutChanged present, Optional<ModelPublished> stable, Instant now) {
        List<ModelPublished> models = new ArrayList<>();
        models.add(version);
        if (version.getState() != ModelState.STABLE) {
            return new Publication(models, Optional.empty());
        }
        stable.map(old -> ModelPublished.newBuilder(old)
                        .setState(ModelState.RETIRED)
                        .setReason("Version " + version.getVersion() + " took its place.")
                        .build())
                .ifPresent(models::add);
        boolean changesBackbone = !isOn(version, present.getBackbone());
        if (changesBackbone && !isOn(version, present.getNextBackbone())) {
            throw new IllegalStateException("version " + version.getVersion() + " is on the backbone "
                    + version.getBackbone() + ", which is not that of the rollout");
        }
        RolloutChanged.Builder change = RolloutChanged.newBuilder(present);
        if (changesBackbone) {
            change.setBackbone(present.getNextBackbone())
                    .setNextBackbone(null)
                    .setCanary(null)
                    .setCanaryPercentage(0)
                    .setShadows(List.of());
        }
        change.setGeneration(present.getGeneration() + 1)
                .setStable(served(version))
                .setReason("Version " + version.getVersion() + " is stable. " + version.getReason())
                .setChangedBy("trainer")
                .setChangedAt(now);
        return new Publication(models, Optional.of(change.build()));
    }

    private static boolean isOn(ModelPublished version, Backbone backbone) {
        return backbone != null
                && version.getBackbone().equals(backbone.getId())
                && version.getBackboneChange() == backbone.getChange();
    }

    private static ServedModel served(ModelPublished version) {
        return new ServedModel(
                version.getVersion(),
                version.getLabels(),
                version.getHead().getUri(),
                version.getHead().getSha256(),
                version.getHead().getSize());
    }
}
