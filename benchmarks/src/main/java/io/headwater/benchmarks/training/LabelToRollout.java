package io.headwater.benchmarks.training;

import io.headwater.benchmarks.broker.BrokerProcess;
import io.headwater.benchmarks.broker.TrainerProcess;
import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.local.launch.Distribution;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long it takes from the last label that a training waits for until the new version is rolled out. */
@Command(
        name = "label-to-rollout",
        mixinStandardHelpOptions = true,
        description =
                "Starts a real broker and the packaged trainer-service as processes, gives it labelled embeddings, and"
                        + " then, round by round, the images of one class more. Measures from the acknowledgement of the round's"
                        + " last label to the RolloutChanged that a reader sees, and says where that time went.")
public final class LabelToRollout implements Callable<Integer> {
    @Option(names = "--examples", defaultValue = "10000", description = "Labelled images (default: ${DEFAULT-VALUE}).")
    private int examples;

    @Option(names = "--classes", defaultValue = "10", description = "Classes (default: ${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--rounds", defaultValue = "1", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--new-labels",
            defaultValue = "100",
            description = "Labels of each round (default: ${DEFAULT-VALUE}).")
    private int newLabels;

    @Option(
            names = "--limit",
            defaultValue = "5",
            description = "Largest allowed median, seconds; above it the exit code is 1 (default: ${DEFAULT-VALUE}).")
    private double limit;

    @Option(names = "--set", description = "Further configuration of the trainer-service.")
    private Map<String, String> settings = Map.of();

    @Spec
    private CommandSpec spec;

    private LabelToRollout() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new LabelToRollout()).execute(args));
    }

    private record Round(double seconds, List<String> phases) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path jar = Distribution.locate().root().resolve("trainer-service/target/quarkus-app/quarkus-run.jar");
        Map<String, String> configuration = new TreeMap<>(Map.of(
                "headwater.training.min-new-labels", Integer.toString(newLabels),
                "headwater.training.max-label-age", "1h",
                "headwater.training.cooldown", "0s",
                "headwater.rollout.policy", "immediate",
                "headwater.backbone", "openimages"));
        configuration.putAll(settings);
        try (BrokerProcess broker = new BrokerProcess();
                TrainerProcess trainer = new TrainerProcess(jar, broker.bootstrapServers(), configuration);
                LabelledStream stream = new LabelledStream(broker.bootstrapServers())) {
            Backbone backbone = stream.rollout().getBackbone();
            out.printf(
                    "%d examples x %d, %d classes; Java %s, %d cores; broker, trainer-service and this program on one machine%n",
                    examples,
                    backbone.getDimension(),
                    classes,
                    Runtime.version(),
                    Runtime.getRuntime().availableProcessors());
            List<Round> measured = new ArrayList<>();
            try {
                fill(stream, backbone);
                trainer.train();
                stream.awaitVersion(examples - rounds * newLabels);
                for (int round = 0; round < rounds; round++) {
                    Round one = measure(stream, classes - rounds + round);
                    out.printf("round %d: %.2f s  %s%n", round + 1, one.seconds(), String.join(", ", one.phases()));
                    out.flush();
                    measured.add(one);
                }
            } catch (IllegalStateException e) {
                throw new IllegalStateException(e.getMessage() + "\n" + trainer.log(), e);
            }
            double median = measured.stream()
                    .sorted(Comparator.comparingDouble(Round::seconds))
                    .toList()
                    .get(rounds / 2)
                    .seconds();
            out.printf("last label to RolloutChanged: median %.2f s (limit %.2f s)%n", median, limit);
            out.flush();
            return median <= limit ? CommandLine.ExitCode.OK : 1;
        }
    }

    /** All embeddings, and the labels of all classes but those that the rounds bring. */
    private void fill(LabelledStream stream, Backbone backbone) {
        SyntheticClasses images = new SyntheticClasses(backbone.getDimension());
        int known = classes - rounds;
        int before = examples - rounds * newLabels;
        for (int i = 0; i < before; i++) {
            stream.embed(id(i % known, i), backbone.getId(), images.embedding(label(i % known), i));
        }
        for (int c = known; c < classes; c++) {
            for (int i = 0; i < newLabels; i++) {
                stream.embed(id(c, i), backbone.getId(), images.embedding(label(c), i));
            }
        }
        IntStream.range(0, before).forEach(i -> stream.label(id(i % known, i), label(i % known)));
        stream.flush();
        stream.awaitExamples(before);
        stream.awaitQuiet(Duration.ofSeconds(5));
    }

    private Round measure(LabelledStream stream, int fresh) {
        IntStream.range(0, newLabels).forEach(i -> stream.label(id(fresh, i), label(fresh)));
        stream.flush();
        Instant sent = Instant.now();
        ModelPublished version = stream.awaitStable(model -> model.getLabels().contains(label(fresh)));
        Instant seen = Instant.now();
        List<String> phases = new ArrayList<>();
        phases.add("example in its topic " + millis(sent, stream.exampleAt(id(fresh, newLabels - 1))));
        phases.add("training ended " + millis(sent, version.getTrainedAt()));
        phases.add("of it: "
                + version.getLineage().getDurations().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getKey() + " " + entry.getValue() + " ms")
                        .collect(Collectors.joining("; ", "(", ")")));
        phases.add("rollout written " + millis(sent, stream.rollout().getChangedAt()));
        phases.add("read " + millis(sent, seen));
        return new Round(Duration.between(sent, seen).toMillis() / 1000.0, phases);
    }

    private static String millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() + " ms";
    }

    private static String id(int label, int number) {
        return "image-" + label + "-" + number;
    }

    private static String label(int number) {
        return String.format("class-%02d", number);
    }
}
