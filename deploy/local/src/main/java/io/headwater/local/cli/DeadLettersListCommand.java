package io.headwater.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.local.client.DeadLetterDesk;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Lists the images that could not be classified, the newest first: where it is, when, image, origin,"
                        + " whether it was put back, reason.")
final class DeadLettersListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private LetterChoice choice;

    @Option(
            names = "--before",
            paramLabel = "PLACE",
            description = "Go on where the last list said that there are more.")
    private Optional<String> before = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> query = choice.named("reason", "partition");
        before.ifPresent(place -> query.put("before", place));
        JsonNode page = new DeadLetterDesk(connection.addresses().inference(), connection.credentials()).list(query);
        PrintWriter out = spec.commandLine().getOut();
        if (page.get("letters").isEmpty()) {
            out.println("No dead letter.");
        } else {
            out.printf(
                    "%-12s %-20s %-24s %-12s %-9s %s%n",
                    "letter", "failed at", "image", "origin", "put back", "reason");
        }
        for (JsonNode letter : page.get("letters")) {
            JsonNode origin = letter.path("origin");
            out.printf(
                    "%-12s %-20s %-24s %-12s %-9s %s%n",
                    letter.path("partition").asText() + "/"
                            + letter.path("offset").asText(),
                    letter.path("failedAt").asText().replaceFirst("\\.\\d+Z$", "Z"),
                    printable(letter.path("imageId").asText("-")),
                    origin.isObject()
                            ? origin.path("partition").asText() + "/"
                                    + origin.path("offset").asText()
                            : "-",
                    letter.path("replayed").isObject() ? "yes" : "no",
                    printable(letter.path("reason").asText()));
        }
        if (page.hasNonNull("next")) {
            out.println("There are more: --before " + page.get("next").asText());
        }
        return 0;
    }

    // Anybody may have sent it: nothing in it may steer the terminal.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
