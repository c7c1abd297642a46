package io.headwater.benchmarks.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Debian's PyTorch for Python, in a process of its own, on the same rows. */
final class PythonPeer {
    private static final String SCRIPT = "training_speed_peer.py";

    private final String interpreter;

    private PythonPeer(String interpreter) {
        this.interpreter = interpreter;
    }

    /**
     * What it measured.
     *
     * @param version of its PyTorch
     * @param seconds of each round, by way
     */
    record Measured(String version, Map<String, List<Double>> seconds) {}

    /** The first python3 on the path that can import torch. */
    static Optional<PythonPeer> find() throws IOException, InterruptedException {
        for (String directory : System.getenv("PATH").split(":")) {
            Path python = Path.of(directory, "python3");
            if (Files.isExecutable(python) && imports(python)) {
                return Optional.of(new PythonPeer(python.toString()));
            }
        }
        return Optional.empty();
    }

    private static boolean imports(Path python) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(python.toString(), "-c", "import torch, numpy")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Trains as often as {@code rounds} says, in each way. */
    Measured measure(float[] rows, int[] targets, Task task, int rounds) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("training-speed");
        try {
            write(directory, rows, targets);
            try (InputStream script = PythonPeer.class.getResourceAsStream(SCRIPT)) {
                Files.copy(script, directory.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
            }
            return run(directory, task, rounds);
        } finally {
            for (String name : List.of("rows.f32", "targets.i32", SCRIPT)) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.delete(directory);
        }
    }

    private static void write(Path directory, float[] rows, int[] targets) throws IOException {
        ByteBuffer classes = ByteBuffer.allocate(targets.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        classes.asIntBuffer().put(targets);
        Files.write(directory.resolve("targets.i32"), classes.array());
        int rowLength = rows.length / targets.length;
        try (FileChannel file =
                FileChannel.open(directory.resolve("rows.f32"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer row = ByteBuffer.allocate(rowLength * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int from = 0; from < rows.length; from += rowLength) {
                row.clear().asFloatBuffer().put(rows, from, rowLength);
                while (row.hasRemaining()) {
                    file.write(row);
                }
            }
        }
    }

    private Measured run(Path directory, Task task, int rounds) throws IOException, InterruptedException {
        List<Object> command = Arrays.asList(
                interpreter,
                directory.resolve(SCRIPT),
                directory,
                task.examples(),
                task.dimension(),
                task.classes(),
                task.epochs(),
                task.batchSize(),
                rounds,
                task.learningRate(),
                task.l2());
        Process process = new ProcessBuilder(
                        command.stream().map(String::valueOf).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String version = "";
        Map<String, List<Double>> seconds = new TreeMap<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("version")) {
                    version = words[1];
                } else {
                    seconds.computeIfAbsent(words[0], way -> new ArrayList<>()).add(Double.valueOf(words[1]));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(interpreter + " ended with " + process.exitValue());
        }
        return new Measured(version, seconds);
    }
}
