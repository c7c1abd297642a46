package io.headwater.trainer.control;

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
     * A version that passed the gate becomes stable and the one that was stable is retired; any other changes nothing of
     * what is served.
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
        RolloutChanged change = RolloutChanged.newBuilder(present)
                .setGeneration(present.getGeneration() + 1)
                .setStable(served(version))
                .setReason("Version " + version.getVersion() + " is stable. " + version.getReason())
                .setChangedBy("trainer")
                .setChangedAt(now)
                .build();
        return new Publication(models, Optional.of(change));
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
