package io.headwater.trainer.registry;

import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import java.util.List;
import java.util.Optional;

/**
 * What is published in one transaction.
 *
 * @param models the records that are new or changed
 * @param rollout the rollout that follows, if one does
 */
public record Publication(List<ModelPublished> models, Optional<RolloutChanged> rollout) {
    /** Keeps copies. */
    public Publication {
        models = List.copyOf(models);
    }
}
