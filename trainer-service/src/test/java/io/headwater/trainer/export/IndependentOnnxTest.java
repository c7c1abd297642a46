package io.headwater.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headwater.events.Lineage;
import io.headwater.events.ModelMetrics;
import io.headwater.events.Quality;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.TrainedHead;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.LabelledRows;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exported model elsewhere than in ONNX Runtime: in Python's onnx package, wherever there is one. */
class IndependentOnnxTest {
    private static final List<String> LABELS = List.of("ant", "bee", "wasp");
    private static final int SIZE = 96;
    private static final int IMAGES = 3;

    @TempDir
    Path directory;

    @Test
    void another_implementation_checks_the_model_and_gives_the_same_probabilities() throws Exception {
        Optional<Path> python = python();
        assumeTrue(
                python.isPresent(),
                "no python3 on the PATH can import onnx and numpy; Debian's packages are python3-onnx and python3-numpy");
        byte[] model = model();
        byte[] pixels = pixels(100);
        Path file = Files.write(directory.resolve("model.onnx"), model);
        Path images = Files.write(directory.resolve("images"), pixels);
        Path out = directory.resolve("probabilities");

        String said = run(python.orElseThrow(), "check_model.py", file, images, out);

        assertThat(said).contains("checked with onnx");
        FloatBuffer theirs = ByteBuffer.wrap(Files.readAllBytes(out))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        try (OnnxModel ours = new OnnxModel(model)) {
            OnnxModel.Answer answer = ours.classify(pixels, SIZE);
            // Else any head would give the same.
            assertThat(answer.probabilities()[0][0]).isBetween(0.01f, 0.99f);
            same(answer.probabilities(), theirs, 1e-5f);
            same(answer.embedding(), theirs, 1e-3f);
            assertThat(theirs.remaining()).isZero();
        }
    }

    private static void same(float[][] ours, FloatBuffer theirs, float tolerance) {
        for (float[] row : ours) {
            for (float value : row) {
                assertThat(theirs.get()).isCloseTo(value, within(tolerance));
            }
        }
    }

    /** A head that was trained on the embeddings of noise is not sure of any. */
    private static byte[] model() {
        byte[] backbone = BackboneSource.openimages(SIZE).acquire().bytes();
        EmbeddingMatrix embeddings = new EmbeddingMatrix(2432);
        try (OnnxModel untrained = new OnnxModel(export(Embeddings.rows(LABELS, 10, 2432, 0.1, 0), backbone))) {
            for (int seed = 0; seed < 4; seed++) {
                for (float[] embedding : untrained.classify(pixels(seed), SIZE).embedding()) {
                    embeddings.append(embedding);
                }
            }
        }
        List<String> labels = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < embeddings.rows(); i++) {
            labels.add(LABELS.get(i * 7 % 4 % 3));
            ids.add("image" + i);
        }
        return export(new LabelledRows(embeddings, labels, ids), backbone);
    }

    private static byte[] export(LabelledRows rows, byte[] backbone) {
        TrainedHead trained = new HeadTrainer(Hyperparameters.DEFAULT)
                .train(rows, LABELS, Optional.empty(), Cancellation.NEVER)
                .trained();
        Quality quality = new Quality(1.0, 0.1);
        ModelMetadata metadata = new ModelMetadata(
                1,
                LABELS,
                "backbone",
                SIZE,
                Optional.empty(),
                rows.size(),
                Optional.empty(),
                new ModelMetrics(quality, quality, 0.3, null),
                Map.of(),
                Map.of(),
                Lineage.newBuilder()
                        .setLabelOffsets(Map.of())
                        .setEmbeddingOffsets(Map.of())
                        .setClasses(List.of())
                        .setLibraries(Map.of())
                        .setStart("cold")
                        .setDurations(Map.of())
                        .build());
        return VersionFiles.of(trained, backbone, metadata).model();
    }

    /** Noise of another colour and contrast in each image. */
    private static byte[] pixels(long seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[IMAGES * SIZE * SIZE * 3];
        for (int i = 0; i < pixels.length; i++) {
            int image = i / (SIZE * SIZE * 3);
            int block = i / 3 / 12 % (SIZE / 12);
            pixels[i] = (byte) (60 * image + 20 * block * (i % 3 == image ? 1 : 0) + random.nextInt(60));
        }
        return pixels;
    }

    /** The first that can import what is needed: the first of all may be one without packages. */
    private static Optional<Path> python() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry, "python3"))
                .filter(Files::isExecutable)
                .filter(IndependentOnnxTest::canImport)
                .findFirst();
    }

    private static boolean canImport(Path python) {
        try {
            Process process = new ProcessBuilder(python.toString(), "-c", "import onnx.shape_inference, numpy")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String run(Path python, String script, Path... arguments) throws Exception {
        Path copy = directory.resolve(script);
        try (var stream = IndependentOnnxTest.class.getResourceAsStream("/" + script)) {
            Files.write(copy, stream.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of(python.toString(), copy.toString()));
        Arrays.stream(arguments).map(Path::toString).forEach(command::add);
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended).as("it ends: %s", said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
