package io.headwater.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.local.client.DeadLetterDesk;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Puts dead letters back into images: those that are named, or those that the options mean."
                + " Exit code 1 when one that was meant was left out.")
final class DeadLettersReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private LetterChoice choice;

    @Parameters(paramLabel = "LETTER", description = "As the list names it: PARTITION/OFFSET, such as 0/17.")
    private List<String> letters = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only tell what would be put back.")
    private boolean dryRun;

    @Option(names = "--again", description = "Also what was put back before.")
    private boolean again;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode request = new ObjectMapper().createObjectNode();
        choice.named("reasonContains", "originPartition").forEach(request::put);
        request.put("dryRun", dryRun).put("again", again);
        for (String letter : letters) {
            if (!letter.matches("\\d{1,9}/\\d{1,18}")) {
                throw new ParameterException(
                        spec.commandLine(),
                        letter + " is no dead letter: they are named PARTITION/OFFSET, such as 0/17.");
            }
            String[] numbers = letter.split("/");
            request.withArray("letters")
                    .addObject()
                    .put("partition", Integer.parseInt(numbers[0]))
                    .put("offset", Long.parseLong(numbers[1]));
        }
        JsonNode answer =
                new DeadLetterDesk(connection.addresses().inference(), connection.credentials()).replay(request);
        PrintWriter out = spec.commandLine().getOut();
        answer.get("replayed")
                .forEach(letter -> out.println(name(letter) + (dryRun ? " would go" : " is") + " back in partition "
                        + letter.path("toPartition").asText()));
        answer.path("skipped")
                .forEach(letter -> out.println(
                        name(letter) + " was left out: " + letter.path("why").asText()));
        out.println((dryRun ? "To put back: " : "Put back: ")
                + answer.get("replayed").size() + ", left out: "
                + answer.path("skipped").size()
                + (answer.path("more").asBoolean() ? ". There are more: the same command again goes on." : "."));
        return answer.path("skipped").isEmpty() ? 0 : 1;
    }

    private static String name(JsonNode letter) {
        return letter.path("partition").asText() + "/" + letter.path("offset").asText();
    }
}
