package io.headwater.benchmarks.inference.service;

import io.headwater.artifacts.Sha256;
import io.headwater.events.Backbone;
import io.headwater.events.Lineage;
import io.headwater.events.ModelMetrics;
import io.headwater.events.Quality;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.events.TrainingCause;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.export.HeadGraph;
import io.headwater.trainer.export.ModelMetadata;
import io.headwater.trainer.training.Head;
import io.headwater.trainer.training.Layer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An artifact store with the bundled backbone and one head of random weights, and the rollout that serves them; and the same for a
 * much smaller input, which takes the same way through the service in a fraction of the time.
 */
final class ServedFiles implements AutoCloseable {
    private static final int SMALL = 32;
    private static final float SCALE = 0.01f;

    private final Path directory;
    private final RolloutChanged small;
    private final RolloutChanged rollout;

    /**
     * @param size of the backbone's input, pixels
     * @param classes of the head
     */
    ServedFiles(int size, int classes) throws IOException {
        this.directory = Files.createTempDirectory("headwater-benchmark-store-");
        this.small = store(1, SMALL, classes);
        this.rollout = store(2, size, classes);
    }

    /** The generation's version has its number. */
    private RolloutChanged store(long generation, int size, int classes) throws IOException {
        BackboneFile backbone = BackboneSource.openimages(size).acquire();
        List<String> labels =
                IntStream.range(0, classes).mapToObj(i -> "class-" + i).toList();
        byte[] head = HeadGraph.head(random(backbone.dimension(), classes), metadata(generation, backbone, labels));
        String backboneName = "backbone-" + size + ".onnx";
        String headName = "head-" + generation + ".onnx";
        Files.write(directory.resolve(backboneName), backbone.bytes());
        Files.write(directory.resolve(headName), head);
        return RolloutChanged.newBuilder()
                .setGeneration(generation)
                .setBackbone(new Backbone(
                        backbone.id(),
                        backbone.name(),
                        backboneName,
                        (long) backbone.bytes().length,
                        backbone.inputSize(),
                        backbone.dimension(),
                        0L))
                .setStable(new ServedModel(generation, labels, headName, Sha256.of(head), (long) head.length))
                .setReason("benchmark")
                .setChangedBy("benchmark")
                .setChangedAt(Instant.now())
                .build();
    }

    private static Head random(int dimension, int classes) {
        SplittableRandom random = new SplittableRandom(1);
        float[] weights = new float[dimension * classes];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = SCALE * (float) (random.nextDouble() - 0.5);
        }
        return new Head(Optional.empty(), new Layer(dimension, weights, new float[classes]));
    }

    private static ModelMetadata metadata(long version, BackboneFile backbone, List<String> labels) {
        Quality none = new Quality(0.0, 0.0);
        return new ModelMetadata(
                version,
                labels,
                backbone.id(),
                backbone.inputSize(),
                Optional.empty(),
                0,
                Optional.empty(),
                new ModelMetrics(none, none, 0.0, null),
                Map.of(),
                Map.of(),
                Lineage.newBuilder()
                        .setCause(TrainingCause.REQUESTED)
                        .setLabelOffsets(Map.of())
                        .setEmbeddingOffsets(Map.of())
                        .setClasses(List.of())
                        .setLibraries(Map.of())
                        .setStart("random")
                        .setDurations(Map.of())
                        .build());
    }

    /** The artifact store. */
    Path directory() {
        return directory;
    }

    /** Served first, to warm up. */
    RolloutChanged small() {
        return small;
    }

    RolloutChanged rollout() {
        return rollout;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
