package io.headwater.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

    @TempDir
    Path home;

    private final StringWriter output = new StringWriter();

    static Stream<String> commands() {
        return Headwater.commandLine().getSubcommands().keySet().stream();
    }

    @Test
    void the_commands_are_those_of_the_readme() {
        assertThat(commands())
                .containsExactly(
                        "demo",
                        "up",
                        "down",
                        "status",
                        "ingest",
                        "predict",
                        "models",
                        "dead-letters",
                        "rollout",
                        "watch",
                        "keys");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_says_what_it_does_and_what_each_option_is(String command) {
        assertThat(run(command, "--help")).isZero();

        CommandLine subcommand = Headwater.commandLine().getSubcommands().get(command);
        assertThat(output.toString()).contains("Usage: headwater " + command);
        assertThat(subcommand.getCommandSpec().usageMessage().description()[0]).endsWith(".");
        assertThat(subcommand.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
    }

    @Test
    void an_unknown_command_has_exit_code_2() {
        assertThat(run("fly")).isEqualTo(2);
    }

    @Test
    void a_port_beyond_the_last_is_one_sentence() {
        assertThat(run("up", "--offset", "60000", "--home", home.toString())).isEqualTo(1);

        assertThat(output.toString()).contains("--offset 60000").doesNotContain("\tat ");
    }

    @Test
    void the_status_of_a_home_where_nothing_runs_says_so() {
        assertThat(run("status", "--home", home.toString())).isEqualTo(1);

        assertThat(output.toString()).contains("Nothing runs in " + home);
    }

    @Test
    void models_without_a_trainer_is_one_sentence() {
        assertThat(run("models", "--trainer", "http://127.0.0.1:1", "--home", home.toString()))
                .isEqualTo(1);

        assertThat(output.toString())
                .contains("The trainer-service does not answer at http://127.0.0.1:1")
                .doesNotContain("\tat ");
    }

    private int run(String... arguments) {
        var writer = new PrintWriter(output, true);
        return Headwater.commandLine().setOut(writer).setErr(writer).execute(arguments);
    }
}
