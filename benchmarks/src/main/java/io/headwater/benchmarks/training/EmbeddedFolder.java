package io.headwater.benchmarks.training;

import io.headwater.artifacts.Sha256;
import io.headwater.benchmarks.machine.Output;
import io.headwater.events.Split;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Engine;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.picture.UnreadableImageException;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.examples.HoldoutSplit;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.LabelledRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Photographs in a folder for each class, embedded by one backbone and split as the trainer splits them: their ids
 * are what the ingest-service gives an upload without one, and they stand in the order of the ids. What is no JPEG is
 * left out.
 */
public final class EmbeddedFolder {
    /** As {@code ImageId.ofContent} of the ingest-service. */
    private static final int ID_LENGTH = 32;

    private final List<Example> examples;
    private final int dimension;

    private record Example(String id, String label, float[] embedding) {}

    private EmbeddedFolder(List<Example> examples, int dimension) {
        this.examples = examples;
        this.dimension = dimension;
    }

    /** Embeds all files of the folders in {@code directory} with the bundled backbone, on all cores. */
    public static EmbeddedFolder of(Path directory, int inputSize) throws IOException {
        return of(directory, BackboneSource.openimages(inputSize).acquire());
    }

    /** Embeds all files of the folders in {@code directory} with {@code file}, on all cores. */
    public static EmbeddedFolder of(Path directory, BackboneFile file) throws IOException {
        int inputSize = file.inputSize();
        List<Path> pictures;
        try (Stream<Path> walk = Files.walk(directory, 2)) {
            pictures = walk.filter(Files::isRegularFile)
                    .filter(path -> !path.getParent().equals(directory))
                    .sorted()
                    .toList();
        }
        try (Backbone backbone = Backbone.load(file.id(), file.bytes(), inputSize, file.dimension(), Engine.cpu(1))) {
            List<Example> examples = ForkJoinPool.commonPool()
                    .submit(() -> pictures.parallelStream()
                            .map(picture -> embed(picture, backbone))
                            .flatMap(Optional::stream)
                            .sorted((one, other) -> one.id().compareTo(other.id()))
                            .toList())
                    .join();
            return new EmbeddedFolder(examples, file.dimension());
        }
    }

    private static Optional<Example> embed(Path picture, Backbone backbone) {
        try {
            byte[] jpeg = Files.readAllBytes(picture);
            int size = backbone.inputSize();
            ByteBuffer pixels = ByteBuffer.allocateDirect(size * size * 3).order(ByteOrder.nativeOrder());
            new Pixels(size).read(jpeg, pixels);
            float[] embedding = new float[backbone.dimension()];
            backbone.embed(pixels, embedding);
            String label = picture.getParent().getFileName().toString();
            return Optional.of(new Example(Sha256.of(jpeg).substring(0, ID_LENGTH), label, embedding));
        } catch (UnreadableImageException e) {
            Output.OUT.printf("left out: %s: %s%n", picture.getFileName(), e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class names, sorted. */
    public List<String> labels() {
        return examples.stream().map(Example::label).distinct().sorted().toList();
    }

    /** The examples on this side. */
    public LabelledRows rows(Split split) {
        return rows(example -> HoldoutSplit.of(example.id()) == split);
    }

    /** All examples. */
    public LabelledRows rows() {
        return rows(example -> true);
    }

    private LabelledRows rows(Predicate<Example> wanted) {
        EmbeddingMatrix matrix = new EmbeddingMatrix(dimension);
        List<String> labels = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Example example : examples) {
            if (wanted.test(example)) {
                matrix.append(example.embedding());
                labels.add(example.label());
                ids.add(example.id());
            }
        }
        return new LabelledRows(matrix, labels, ids);
    }
}
