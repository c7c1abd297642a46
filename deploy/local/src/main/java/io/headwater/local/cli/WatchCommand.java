package io.headwater.local.cli;

import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import io.headwater.local.client.Prediction;
import io.headwater.local.client.PredictionReader;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicFollower;
import io.headwater.topics.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Prints predictions as they come, and new models and changes of what is served, until Ctrl-C.")
final class WatchCommand implements Callable<Integer> {

    private static final Duration REPLAY = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(250);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Option(names = "--models-only", description = "Leaves the predictions out.")
    private boolean modelsOnly;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Ends after so long (default: never).")
    private int seconds;

    // What is already there is history: it is read, since the present state is in it, but not told line by line.
    private boolean live;

    @Override
    public Integer call() {
        String kafka = connection.addresses().kafka();
        Map<String, Object> config = connection.kafkaClient();
        var topics = new Topics("", 1, 1);
        var format = EventFormat.singleObject();
        long end = seconds > 0 ? System.nanoTime() + Duration.ofSeconds(seconds).toNanos() : Long.MAX_VALUE;
        try (var predictions = new PredictionReader(config);
                var models = new TopicFollower<>(
                        config,
                        topics.models().name(),
                        format.deserializer(ModelPublished.class),
                        entry -> entry.value().ifPresent(this::model),
                        (garbage, reason) -> say("models: " + reason));
                var rollouts = new TopicFollower<>(
                        config,
                        topics.rollouts().name(),
                        format.deserializer(RolloutChanged.class),
                        entry -> entry.value().ifPresent(this::rollout),
                        (garbage, reason) -> say("rollouts: " + reason))) {
            models.replay(REPLAY);
            rollouts.replay(REPLAY);
            live = true;
            say("Watching Kafka at " + kafka + "; Ctrl-C ends.");
            while (end == Long.MAX_VALUE || System.nanoTime() < end) {
                predictions.poll(POLL).stream().filter(any -> !modelsOnly).forEach(this::prediction);
                models.poll(Duration.ZERO);
                rollouts.poll(Duration.ZERO);
            }
        }
        return 0;
    }

    private void prediction(Prediction prediction) {
        say("%-34s %s"
                .formatted(
                        prediction.image().length() > 34
                                ? prediction.image().substring(0, 31) + "..."
                                : prediction.image(),
                        prediction
                                .answer()
                                .map(a -> String.format(
                                        Locale.ROOT, "%-16s %.3f  v%d", a.label(), a.confidence(), a.version()))
                                .orElse("(no version yet)")));
    }

    private void model(ModelPublished model) {
        if (live) {
            say(String.format(
                    Locale.ROOT,
                    "MODEL    v%d %s: accuracy %.3f on %d held-out examples, %d examples, %d labels. %s",
                    model.getVersion(),
                    model.getState().name().toLowerCase(Locale.ROOT),
                    model.getMetrics().getTrained().getAccuracy(),
                    model.getHoldoutExamples(),
                    model.getExamples(),
                    model.getLabels().size(),
                    model.getReason()));
        }
    }

    private void rollout(RolloutChanged rollout) {
        if (live) {
            say("ROLLOUT  generation %d serves %s. %s"
                    .formatted(
                            rollout.getGeneration(),
                            rollout.getStable() == null
                                    ? "no version"
                                    : "v" + rollout.getStable().getVersion(),
                            rollout.getReason()));
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + line);
        out.flush();
    }
}
