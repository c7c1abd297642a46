package io.headwater.benchmarks.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.headwater.benchmarks.inference.RandomHeads.RandomHead;
import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.inference.model.Head;
import io.headwater.inference.model.Heads;
import io.headwater.inference.model.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it costs to score one embedding with several heads, in three ways, round by round. */
@Command(
        name = "head-scoring",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures, in interleaved rounds, the time to score one embedding with 1 and with 11 heads: a session"
                        + " for each head, the heads merged into one graph as the service does it, and a matrix product in Java."
                        + " Prints medians. The defaults take about two minutes.")
public final class HeadScoring implements Callable<Integer> {
    private static final int EMBEDDINGS = 64;

    @Option(names = "--dimension", defaultValue = "2432", description = "Of an embedding (${DEFAULT-VALUE}).")
    private int dimension;

    @Option(names = "--classes", split = ",", defaultValue = "5,100", description = "Of a head (${DEFAULT-VALUE}).")
    private List<Integer> classes;

    @Option(names = "--heads", split = ",", defaultValue = "1,2,11", description = "In play (${DEFAULT-VALUE}).")
    private List<Integer> heads;

    @Option(names = "--millis", defaultValue = "300", description = "Per round and way (${DEFAULT-VALUE}).")
    private int millis;

    @Option(names = "--rounds", defaultValue = "7", description = "Rounds, after the warm-up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "5", description = "Rounds that do not count (${DEFAULT-VALUE}).")
    private int warmUp;

    private HeadScoring() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(new CommandLine(new HeadScoring()).execute(args));
    }

    @Override
    public Integer call() {
        Engine.getEngine("OnnxRuntime");
        Conditions.ofThisMachine()
                .with("ONNX Runtime", OrtEnvironment.getEnvironment().getVersion())
                .with("embedding", dimension)
                .with("rounds", rounds + " of " + millis + " ms, after " + warmUp + "; one thread")
                .print(Output.OUT);
        Output.OUT.printf("%n%7s %5s  %-28s %10s%n", "classes", "heads", "", "us/image");
        for (int count : classes) {
            for (int number : heads) {
                compare(count, number);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void compare(int classCount, int headCount) {
        List<RandomHead> random = LongStream.range(0, headCount)
                .mapToObj(seed -> RandomHeads.of(seed, dimension, classCount))
                .toList();
        List<Head> loaded = new ArrayList<>();
        for (int i = 0; i < headCount; i++) {
            loaded.add(Head.load(i + 1L, random.get(i).onnx(), RandomHeads.labels(classCount), dimension));
        }
        List<float[]> embeddings = embeddings();
        List<Heads> alone =
                loaded.stream().map(head -> Heads.load(List.of(head))).toList();
        try (Heads together = Heads.load(loaded)) {
            Map<String, ToDoubleFunction<float[]>> ways = new LinkedHashMap<>();
            ways.put("a session for each", embedding -> {
                double sum = 0;
                for (int i = 0; i < headCount; i++) {
                    sum += best(alone.get(i).score(embedding), i + 1L);
                }
                return sum;
            });
            ways.put("one merged graph", embedding -> {
                Scores scores = together.score(embedding);
                double sum = 0;
                for (int i = 0; i < headCount; i++) {
                    sum += best(scores, i + 1L);
                }
                return sum;
            });
            StackedInJava java = new StackedInJava(dimension, random);
            ways.put("a matrix product in Java", java::score);
            ways.put("... transposed", java::scoreTransposed);
            Map<String, double[]> micros = measure(ways, embeddings);
            micros.forEach((way, times) -> {
                Arrays.sort(times);
                Output.OUT.printf("%7d %5d  %-28s %10.1f%n", classCount, headCount, way, times[times.length / 2]);
            });
        } finally {
            alone.forEach(Heads::close);
        }
    }

    private static double best(Scores scores, long version) {
        return scores.probability(version, scores.best(version));
    }

    private Map<String, double[]> measure(Map<String, ToDoubleFunction<float[]>> ways, List<float[]> embeddings) {
        Map<String, double[]> micros = new LinkedHashMap<>();
        double first = Double.NaN;
        for (int round = -warmUp; round < rounds; round++) {
            for (Map.Entry<String, ToDoubleFunction<float[]>> way : ways.entrySet()) {
                double answer = way.getValue().applyAsDouble(embeddings.get(0));
                first = Double.isNaN(first) ? answer : first;
                if (!(Math.abs(answer - first) < 1e-3)) {
                    throw new IllegalStateException(way.getKey() + " answers " + answer + " instead of " + first);
                }
                double time = round(way.getValue(), embeddings);
                double[] times = micros.computeIfAbsent(way.getKey(), ignored -> new double[rounds]);
                if (round >= 0) {
                    times[round] = time;
                }
            }
        }
        return micros;
    }

    private double round(ToDoubleFunction<float[]> way, List<float[]> embeddings) {
        long start = System.nanoTime();
        long count = 0;
        double sum = 0;
        while (System.nanoTime() - start < millis * 1_000_000L) {
            for (float[] embedding : embeddings) {
                sum += way.applyAsDouble(embedding);
            }
            count += embeddings.size();
        }
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("no numbers");
        }
        return (System.nanoTime() - start) / 1e3 / count;
    }

    private List<float[]> embeddings() {
        Random random = new Random(1);
        List<float[]> all = new ArrayList<>();
        for (int i = 0; i < EMBEDDINGS; i++) {
            float[] embedding = new float[dimension];
            for (int k = 0; k < dimension; k++) {
                embedding[k] = Math.max(0, (float) random.nextGaussian());
            }
            all.add(embedding);
        }
        return all;
    }
}
