package io.headwater.local.cli;

import io.headwater.local.client.Answer;
import io.headwater.local.client.FrontDoor;
import io.headwater.local.client.Prediction;
import io.headwater.local.client.PredictionReader;
import io.headwater.local.launch.Addresses;
import io.headwater.local.upload.MediaTypes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = "Sends pictures and prints for each: file, label, confidence, version."
                + " Exit code 1 when one of them got no label.")
final class PredictCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(200);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Pictures: .jpg, .png or .webp.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for the answers (default: ${DEFAULT-VALUE}).")
    private int timeout;

    private boolean complete = true;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new CommandException(file + " can't be read, or is no file.");
            }
        }
        Addresses addresses = connection.addresses();
        try (var reader = new PredictionReader(connection.kafkaClient())) {
            Map<String, Path> waiting = send(new FrontDoor(addresses.ingest(), connection.credentials()));
            long deadline = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
            while (!waiting.isEmpty() && System.nanoTime() < deadline) {
                for (Prediction prediction : reader.poll(POLL)) {
                    Path file = waiting.remove(prediction.image());
                    if (file != null) {
                        print(file, prediction);
                    }
                }
            }
            waiting.values()
                    .forEach(file -> miss(
                            file,
                            "no answer within %d s; is the inference-service running? (./headwater status)"
                                    .formatted(timeout)));
        }
        return complete ? 0 : 1;
    }

    /** Each under an id of its own, so that a picture that was sent before is classified anew, by the present version. */
    private Map<String, Path> send(FrontDoor door) throws IOException, InterruptedException {
        Map<String, Path> waiting = new LinkedHashMap<>();
        for (Path file : files) {
            Answer answer = door.post(
                    Files.readAllBytes(file),
                    MediaTypes.of(file),
                    Optional.empty(),
                    Optional.of(UUID.randomUUID().toString()));
            if (answer instanceof Answer.Accepted accepted) {
                waiting.put(accepted.id(), file);
            } else if (answer instanceof Answer.Refused refused) {
                miss(file, refused.status() + ": " + refused.detail());
            } else {
                miss(file, "the ingest-service can't reach Kafka at the moment; try again");
            }
        }
        return waiting;
    }

    private void print(Path file, Prediction prediction) {
        PrintWriter out = spec.commandLine().getOut();
        if (prediction.answer().isEmpty()) {
            miss(file, "no version yet: nothing is trained. Send labelled pictures with ./headwater ingest DIR");
            return;
        }
        Prediction.Answered answered = prediction.answer().get();
        out.printf(
                Locale.ROOT, "%s\t%s\t%.3f\tv%d%n", file, answered.label(), answered.confidence(), answered.version());
        out.flush();
    }

    private void miss(Path file, String why) {
        complete = false;
        spec.commandLine().getErr().println(file + ": " + why);
    }
}
