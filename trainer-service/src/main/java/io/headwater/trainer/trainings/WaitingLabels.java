package io.headwater.trainer.trainings;

import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.trainingset.NewLabels;
import io.headwater.trainer.trainingset.TrainingSet;
import java.util.HashMap;
import java.util.Map;

/** The labels that no training has seen yet. Thread safe. */
public final class WaitingLabels {
    private final Registry registry;
    private final TrainingSet trainingSet;
    private Map<Integer, Long> dismissed = Map.of();
    private long dismissedOf;

    /** Those of a training set, after the newest version of a registry. */
    public WaitingLabels(Registry registry, TrainingSet trainingSet) {
        this.registry = registry;
        this.trainingSet = trainingSet;
    }

    /**
     * What has come since the newest version was trained, whether it was good or not, or since a training was cancelled.
     * Each change of the backbone has examples of its own, and to a new backbone all labels are new.
     */
    public NewLabels now() {
        Map<Integer, Long> seen = new HashMap<>(dismissed());
        registry.trainedBackbone()
                .flatMap(registry::newest)
                .map(ModelPublished::getExampleOffsets)
                .ifPresent(offsets -> offsets.forEach(
                        (partition, offset) -> seen.merge(Integer.valueOf(partition), offset, Math::max)));
        return trainingSet.newSince(seen);
    }

    /**
     * Keeps these labels from starting a training again by themselves: the one that they started was cancelled.
     *
     * @param offsets for each partition of {@code examples} the offset after the last of them
     */
    public synchronized void dismiss(Map<Integer, Long> offsets) {
        dismissed = Map.copyOf(offsets);
        dismissedOf = change();
    }

    private synchronized Map<Integer, Long> dismissed() {
        return dismissedOf == change() ? dismissed : Map.of();
    }

    private long change() {
        return registry.trainedBackbone().map(Backbone::getChange).orElse(0L);
    }
}
