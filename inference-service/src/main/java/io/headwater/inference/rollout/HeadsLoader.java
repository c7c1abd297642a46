package io.headwater.inference.rollout;

import io.headwater.artifacts.MissingArtifactException;
import io.headwater.artifacts.WrongArtifactException;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.artifact.ArtifactRefusedException;
import io.headwater.inference.model.Head;
import io.headwater.inference.model.Heads;
import io.headwater.inference.model.Shared;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Fetches and tries the heads that a decision names; those that the present generation has are not loaded again. */
final class HeadsLoader {
    private final ArtifactReader artifacts;

    HeadsLoader(ArtifactReader artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * The heads of a decision, each once, whatever its roles.
     *
     * @param dimension length of an embedding
     * @param present generation that is served
     * @return owned once by the caller
     * @throws ArtifactRefusedException with the reason
     */
    Shared<Heads> load(RolloutChanged rollout, int dimension, Optional<Generation> present)
            throws ArtifactRefusedException {
        Map<Long, ServedModel> named = named(rollout);
        List<Head> heads = new ArrayList<>();
        for (ServedModel announced : named.values()) {
            Optional<Head> known = present.flatMap(generation -> known(generation, announced))
                    .filter(head -> head.dimension() == dimension);
            heads.add(known.isPresent() ? known.get() : read(announced, dimension));
        }
        Optional<Shared<Heads>> same = present.map(Generation::together).filter(shared -> isSame(shared.get(), heads));
        if (same.isPresent() && same.get().retain()) {
            return same.get();
        }
        return new Shared<>(Heads.load(heads));
    }

    private static Map<Long, ServedModel> named(RolloutChanged rollout) throws ArtifactRefusedException {
        Map<Long, ServedModel> named = new LinkedHashMap<>();
        for (ServedModel model : all(rollout).toList()) {
            ServedModel other = named.putIfAbsent(model.getVersion(), model);
            if (other != null && !other.equals(model)) {
                throw new ArtifactRefusedException(
                        "version " + model.getVersion() + " is named twice, with different files or labels");
            }
        }
        return named;
    }

    private static Stream<ServedModel> all(RolloutChanged rollout) {
        return Stream.of(
                        Stream.ofNullable(rollout.getStable()),
                        Stream.ofNullable(rollout.getCanary()),
                        rollout.getShadows().stream())
                .flatMap(models -> models);
    }

    private static Optional<Head> known(Generation generation, ServedModel announced) {
        return all(generation.rollout()).anyMatch(announced::equals)
                ? generation.version(announced.getVersion())
                : Optional.empty();
    }

    /** Whether these are the very same heads; their order does not matter. */
    private static boolean isSame(Heads loaded, Collection<Head> heads) {
        Set<Head> wanted = new HashSet<>(heads);
        return wanted.equals(new HashSet<>(loaded.heads()));
    }

    private Head read(ServedModel announced, int dimension) throws ArtifactRefusedException {
        try {
            byte[] onnx = artifacts.read(announced.getUri(), announced.getSize(), announced.getSha256());
            return Head.load(announced.getVersion(), onnx, announced.getLabels(), dimension);
        } catch (IllegalArgumentException e) {
            throw new ArtifactRefusedException(announced.getVersion(), e);
        } catch (ArtifactRefusedException e) {
            if (e.getCause() instanceof MissingArtifactException) {
                throw ArtifactRefusedException.missing(announced.getVersion(), e.getMessage());
            }
            // A store that can't be reached is no fault of the version.
            throw e.getCause() instanceof WrongArtifactException
                    ? new ArtifactRefusedException(announced.getVersion(), e)
                    : e;
        }
    }
}
