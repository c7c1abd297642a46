package io.headwater.trainer.artifacts;

import io.headwater.events.Artifact;
import io.headwater.events.Backbone;
import io.headwater.events.ModelMetrics;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.Quality;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Records with what matters here. */
public final class Recorded {
    private Recorded() {}

    public static ModelPublished version(long number, OptionalLong parent, String backbone) {
        return ModelPublished.newBuilder()
                .setVersion(number)
                .setState(ModelState.RETIRED)
                .setReason("a test wants it")
                .setModel(new Artifact(VersionDirectories.uri(number, "model.onnx"), "0".repeat(64), 1L))
                .setHead(new Artifact(VersionDirectories.uri(number, "head.onnx"), "0".repeat(64), 1L))
                .setBackbone(backbone)
                .setLabels(List.of("cat", "dog"))
                .setExamples(1)
                .setHoldoutExamples(1)
                .setMetrics(new ModelMetrics(new Quality(0.5, 1.0), new Quality(0.5, 1.0), 0.5, null))
                .setParent(parent.isPresent() ? Long.valueOf(parent.getAsLong()) : null)
                .setTrigger("a test")
                .setExampleOffsets(Map.of())
                .setHyperparameters(Map.of())
                .setTrainedAt(Instant.EPOCH)
                .build();
    }

    public static RolloutChanged.Builder rollout(String backbone) {
        return RolloutChanged.newBuilder()
                .setGeneration(1)
                .setBackbone(backbone(backbone))
                .setReason("a test wants it")
                .setChangedBy("test")
                .setChangedAt(Instant.EPOCH);
    }

    public static Backbone backbone(String id) {
        return new Backbone(id, id, "backbones/" + id + ".onnx", 1L, 224, 2432, 0L);
    }

    public static RolloutChanged serving(
            RolloutChanged.Builder rollout, Optional<Long> stable, Optional<Long> canary, List<Long> shadows) {
        return rollout.setStable(stable.map(Recorded::served).orElse(null))
                .setCanary(canary.map(Recorded::served).orElse(null))
                .setShadows(shadows.stream().map(Recorded::served).toList())
                .build();
    }

    private static ServedModel served(long version) {
        return new ServedModel(
                version, List.of("cat", "dog"), VersionDirectories.uri(version, "head.onnx"), "0".repeat(64), 1L);
    }
}
