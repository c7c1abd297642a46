package io.headwater.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.local.client.ControlPlane;
import io.headwater.local.client.RolloutAnswer;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "rollout",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what is served, why, and where the evidence stands; or changes it by hand.",
            "",
            "Without ACTION it tells how things stand. Actions: history, promote VERSION, shadow VERSION, canary VERSION, reject"
                    + " VERSION, rollback, pause, resume, pin. Each needs --reason."
        })
final class RolloutCommand implements Callable<Integer> {

    enum Action {
        SHOW,
        HISTORY,
        PROMOTE,
        SHADOW,
        CANARY,
        REJECT,
        ROLLBACK,
        PAUSE,
        RESUME,
        PIN;

        private boolean takesVersion() {
            return this == PROMOTE || this == SHADOW || this == CANARY || this == REJECT;
        }
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "What to do.")
    private Action action = Action.SHOW;

    @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "To which version.")
    private Optional<Long> version = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is recorded.")
    private Optional<String> reason = Optional.empty();

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who does it; it is recorded (default: ${DEFAULT-VALUE}).")
    private String by;

    @Option(
            names = "--percentage",
            paramLabel = "P",
            defaultValue = "10",
            description = "Share of the images that a canary answers (default: ${DEFAULT-VALUE}).")
    private int percentage;

    @Option(
            names = "--generation",
            paramLabel = "N",
            description = "Only if the rollout is still at this generation (default: the one it is at now).")
    private Optional<Long> generation = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "Lines of history at most.")
    private int limit;

    @Override
    public Integer call() throws InterruptedException {
        var trainer = new ControlPlane(connection.addresses().trainer(), connection.credentials());
        if (action == Action.HISTORY) {
            RolloutAnswer history = required(trainer.rolloutHistory(limit));
            history.body().forEach(this::line);
            return 0;
        }
        RolloutAnswer present = required(trainer.rollout());
        if (action == Action.SHOW) {
            show(present.body());
            return 0;
        }
        String why = reason.orElseThrow(() -> new CommandException("Say why, with --reason: it is recorded."));
        String seen = generation.map(number -> "\"" + number + "\"").orElse(present.etag());
        RolloutAnswer changed = required(trainer.changeRollout(path(), seen, by, why));
        spec.commandLine().getOut().println(changed.etag().equals(present.etag()) ? "It was so already." : "Done.");
        show(changed.body());
        return 0;
    }

    private static RolloutAnswer required(RolloutAnswer answer) {
        if (!answer.isOk()) {
            throw new CommandException(answer.detail());
        }
        return answer;
    }

    private String path() {
        String name = action.name().toLowerCase(Locale.ROOT);
        if (!action.takesVersion()) {
            return name;
        }
        long number = version.orElseThrow(
                () -> new CommandException("Say which version: headwater rollout " + name + " VERSION --reason TEXT"));
        return number + "/" + name + (action == Action.CANARY ? "?percentage=" + percentage : "");
    }

    private void line(JsonNode rollout) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%4d  %-20s  %-10s  %s%n",
                        rollout.path("generation").asLong(),
                        rollout.path("changedAt").asText().replaceFirst("\\.\\d+Z$", "Z"),
                        rollout.path("changedBy").asText(),
                        rollout.path("reason").asText());
    }

    private void show(JsonNode rollout) {
        PrintWriter out = spec.commandLine().getOut();
        String stable = rollout.has("stable") ? "v" + rollout.path("stable").asLong() : "none yet";
        out.printf(
                "generation %d, policy %s%s%s%n",
                rollout.path("generation").asLong(),
                rollout.path("policy").asText(),
                rollout.path("paused").asBoolean() ? ", paused" : "",
                rollout.path("pinned").asBoolean() ? ", pinned" : "");
        out.printf("stable     %s%n", stable);
        if (rollout.has("canary")) {
            out.printf(
                    "canary     v%d, %d %% of the images%n",
                    rollout.path("canary").asLong(),
                    rollout.path("canaryPercentage").asInt());
        }
        rollout.path("shadows").forEach(shadow -> out.printf("shadow     v%d%n", shadow.asLong()));
        out.printf(
                "why        %s (%s)%n",
                rollout.path("reason").asText(), rollout.path("changedBy").asText());
        JsonNode evidence = rollout.path("evidence");
        for (String pair : new String[] {"trial", "probation", "failed"}) {
            if (evidence.has(pair)) {
                pair(out, pair, evidence.path(pair), evidence.path("level").asDouble());
            }
        }
        if (rollout.has("waitingFor")) {
            out.printf("now        %s%n", rollout.path("waitingFor").asText());
        }
    }

    private static void pair(PrintWriter out, String name, JsonNode pair, double level) {
        out.printf(
                Locale.ROOT,
                "%-10s v%d beside v%d: %d labelled images, %d wins, %d losses; evidence of %.0f: not worse %.3g, better %.3g,"
                        + " worse %.3g%n",
                name,
                pair.path("version").asLong(),
                pair.path("against").asLong(),
                pair.path("images").asInt(),
                pair.path("wins").asInt(),
                pair.path("losses").asInt(),
                level,
                pair.path("notWorse").asDouble(),
                pair.path("better").asDouble(),
                pair.path("worse").asDouble());
    }
}
