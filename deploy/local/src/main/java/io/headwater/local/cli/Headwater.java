package io.headwater.local.cli;

import io.headwater.local.client.KafkaAwayException;
import io.headwater.local.client.RefusedException;
import io.headwater.local.client.UnreachableException;
import io.headwater.local.launch.StartException;
import io.headwater.local.upload.EmptyFolderException;
import io.headwater.security.keys.KeyFileException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line: {@code ./headwater COMMAND}. */
@Command(
        name = "headwater",
        mixinStandardHelpOptions = true,
        versionProvider = Headwater.Version.class,
        description = "Classifies images as they stream through Kafka, and keeps learning from the labels that arrive.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Exit codes: 0 done, 1 not (fully) done, 2 wrong arguments.",
            "All state is under HEADWATER_HOME (default ~/.headwater)."
        },
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            IngestCommand.class,
            PredictCommand.class,
            ModelsCommand.class,
            DeadLettersCommand.class,
            RolloutCommand.class,
            WatchCommand.class,
            KeysCommand.class
        })
public final class Headwater {

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Tell the whole story of an error, with stack traces.")
    private boolean verbose;

    Headwater() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var root = new Headwater();
        var commandLine = new CommandLine(root);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((e, failed, parsed) -> root.tell(e, failed, parsed));
        return commandLine;
    }

    private int tell(Exception e, CommandLine failed, ParseResult parsed) {
        failed.getErr().println(sentence(e));
        if (verbose) {
            e.printStackTrace(failed.getErr());
        } else if (!isExpected(e)) {
            failed.getErr()
                    .println("(headwater --verbose " + parsed.commandSpec().name() + " tells more)");
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String sentence(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return isExpected(e) ? message : e.getClass().getSimpleName() + ": " + message;
    }

    /** Whether the message was written for the person who runs the command. */
    private static boolean isExpected(Exception e) {
        return e instanceof StartException
                || e instanceof UnreachableException
                || e instanceof KafkaAwayException
                || e instanceof RefusedException
                || e instanceof EmptyFolderException
                || e instanceof KeyFileException
                || e instanceof CommandException;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            String version = Headwater.class.getPackage().getImplementationVersion();
            return new String[] {"headwater " + (version == null ? "(not packaged)" : version)};
        }
    }
}
