package io.headwater.trainer.artifacts;

import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which files are still needed: those of stable, canary, the shadows and the predecessor of stable, of their parents, and of the newest versions, and
 * the backbones that any of these or the rollout names. Plain functions of what is recorded.
 *
 * @param last so many of the newest versions keep their files, whatever became of them
 * @param grace for how long a file must not have been needed before it goes
 */
public record Retention(int last, Duration grace) {
    /** Shorter, a reader could lose a file under its hands. */
    static final Duration SHORTEST_GRACE = Duration.ofMinutes(1);

    /** The versions whose files are needed. */
    public Set<Long> kept(Collection<ModelPublished> recorded, RolloutChanged rollout) {
        Set<Long> served = Stream.concat(
                        Stream.of(rollout.getStable(), rollout.getCanary()).filter(Objects::nonNull),
                        rollout.getShadows().stream())
                .map(ServedModel::getVersion)
                .collect(Collectors.toCollection(TreeSet::new));
        // It can be gone back to at any time.
        Optional.ofNullable(rollout.getPrevious()).ifPresent(served::add);
        Set<Long> kept = new TreeSet<>(served);
        recorded.stream()
                .filter(model -> served.contains(model.getVersion()))
                .map(ModelPublished::getParent)
                .filter(Objects::nonNull)
                .forEach(kept::add);
        recorded.stream()
                .map(ModelPublished::getVersion)
                .sorted(Comparator.reverseOrder())
                .limit(last)
                .forEach(kept::add);
        return kept;
    }

    /**
     * Those of {@code files} that nobody needs. What no record knows is never among them: a trainer that has not heard of
     * a version or a backbone can't judge it.
     *
     * @param files uris of the store
     */
    public List<String> unneeded(
            Collection<String> files, Collection<ModelPublished> recorded, RolloutChanged rollout) {
        Set<Long> kept = kept(recorded, rollout);
        Set<Long> goneVersions = new HashSet<>();
        Set<String> keptBackbones = new HashSet<>();
        Set<String> goneBackbones = new HashSet<>();
        for (ModelPublished model : recorded) {
            if (kept.contains(model.getVersion())) {
                keptBackbones.add(model.getBackbone());
            } else {
                goneVersions.add(model.getVersion());
                goneBackbones.add(model.getBackbone());
            }
        }
        Stream.of(rollout.getBackbone(), rollout.getNextBackbone())
                .filter(Objects::nonNull)
                .map(Backbone::getId)
                .forEach(keptBackbones::add);
        goneBackbones.removeAll(keptBackbones);
        return files.stream()
                .filter(uri -> VersionDirectories.version(uri)
                                .filter(goneVersions::contains)
                                .isPresent()
                        || goneBackbones.stream().anyMatch(id -> uri.equals("backbones/" + id + ".onnx")))
                .toList();
    }
}
