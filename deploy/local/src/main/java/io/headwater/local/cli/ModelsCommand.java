package io.headwater.local.cli;

import io.headwater.local.client.ControlPlane;
import io.headwater.local.client.ModelVersion;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description =
                "Lists the model versions: state, examples, quality on the holdout before and after training, labels.")
final class ModelsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<ModelVersion> models =
                new ControlPlane(connection.addresses().trainer(), connection.credentials()).models();
        if (models.isEmpty()) {
            out.println("No version yet. One is trained when enough labels have come: ./headwater ingest DIR");
            return 0;
        }
        out.printf(
                "%-8s %-12s %9s %8s %17s %9s  %-20s %s%n",
                "version", "state", "examples", "holdout", "accuracy", "log loss", "trained at", "labels");
        models.forEach(model -> out.printf(
                Locale.ROOT,
                "%-8s %-12s %9d %8d %17s %9.3f  %-20s %s%n",
                "v" + model.version(),
                model.state().toLowerCase(Locale.ROOT),
                model.examples(),
                model.holdoutExamples(),
                "%.3f -> %.3f".formatted(model.initialAccuracy(), model.accuracy()),
                model.logLoss(),
                model.trainedAt().replaceFirst("\\.\\d+Z$", "Z"),
                labels(model.labels())));
        if (models.stream().anyMatch(ModelVersion::isCandidate)) {
            out.println(
                    "A candidate is not served: it waits for its turn, or too little was held out to tell whether it is"
                            + " better. ./headwater rollout says what is being waited for.");
        }
        return 0;
    }

    private static String labels(List<String> labels) {
        return labels.size() <= 6
                ? String.join(", ", labels)
                : String.join(", ", labels.subList(0, 5)) + " and " + (labels.size() - 5) + " more";
    }
}
