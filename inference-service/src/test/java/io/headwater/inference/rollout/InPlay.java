package io.headwater.inference.rollout;

import io.headwater.events.RolloutChanged;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.artifact.ArtifactRefusedException;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.model.Engine;
import java.util.Optional;

/** Puts decisions into play without Kafka. */
public final class InPlay {
    private InPlay() {}

    /** Serves a decision from now on. */
    public static void put(Serving serving, TestStore store, RolloutChanged.Builder rollout)
            throws ArtifactRefusedException {
        serving.swap(new GenerationLoader(ArtifactReader.of(store.directory()), Engine.cpu(1))
                .load(rollout.build(), Optional.empty())
                .generation());
    }

    /** Serves nothing any more. */
    public static void end(Serving serving) {
        serving.clear();
    }
}
