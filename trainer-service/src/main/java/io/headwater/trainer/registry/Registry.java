package io.headwater.trainer.registry;

import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The topics {@code models} and {@code rollouts} in memory. Thread safe. Nothing is decided before both were replayed. */
public final class Registry {
    private static final int REMEMBERED = 1_000;

    private final NavigableMap<Long, ModelPublished> models = new TreeMap<>();
    private final NavigableMap<Long, RolloutChanged> history = new TreeMap<>();
    private RolloutChanged rollout;
    private boolean complete;

    /** Takes the last record of a version. */
    public synchronized void put(ModelPublished model) {
        models.put(model.getVersion(), model);
    }

    /** Takes a rollout; it is the present one unless a later generation is known. */
    public synchronized void put(RolloutChanged change) {
        history.put(change.getGeneration(), change);
        if (history.size() > REMEMBERED) {
            history.pollFirstEntry();
        }
        if (rollout == null || change.getGeneration() >= rollout.getGeneration()) {
            rollout = change;
        }
    }

    /** Says that everything that was in both topics has been read. */
    public synchronized void completed() {
        complete = true;
    }

    /** Whether everything that was in both topics has been read. */
    public synchronized boolean isComplete() {
        return complete;
    }

    /** All versions, newest first. */
    public synchronized List<ModelPublished> newestFirst() {
        return List.copyOf(models.descendingMap().values());
    }

    /** One version. */
    public synchronized Optional<ModelPublished> model(long version) {
        return Optional.ofNullable(models.get(version));
    }

    /** The newest version, whatever its state. */
    public synchronized Optional<ModelPublished> newest() {
        return Optional.ofNullable(models.lastEntry()).map(Map.Entry::getValue);
    }

    /** The newest version on a backbone, whatever its state. */
    public synchronized Optional<ModelPublished> newest(Backbone backbone) {
        return models.descendingMap().values().stream()
                .filter(version -> version.getBackbone().equals(backbone.getId())
                        && version.getBackboneChange() == backbone.getChange())
                .findFirst();
    }

    /** The backbone whose examples are trained on: the next one while it is being changed, else that which serves. */
    public synchronized Optional<Backbone> trainedBackbone() {
        return rollout().map(now -> now.getNextBackbone() == null ? now.getBackbone() : now.getNextBackbone());
    }

    /** The version that serves. */
    public synchronized Optional<ModelPublished> stable() {
        return rollout().map(RolloutChanged::getStable).map(served -> models.get(served.getVersion()));
    }

    /** The numbers of all versions. */
    public synchronized Set<Long> versions() {
        return new TreeSet<>(models.keySet());
    }

    /** The rollouts that there were, the latest first; of very many the last. */
    public synchronized List<RolloutChanged> history() {
        return List.copyOf(history.descendingMap().values());
    }

    /** The present rollout. */
    public synchronized Optional<RolloutChanged> rollout() {
        return Optional.ofNullable(rollout);
    }
}
