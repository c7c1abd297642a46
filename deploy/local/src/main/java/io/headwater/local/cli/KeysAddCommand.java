package io.headwater.local.cli;

import io.headwater.security.keys.KeyFile;
import io.headwater.security.keys.NewKey;
import io.headwater.security.keys.Role;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Makes a key and prints it, this once: the file has no more than its hash.")
final class KeysAddCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KeyFileOption keys;

    @Parameters(
            paramLabel = "NAME",
            description = "Whose it is, as it is recorded of what is done with it: 1 to 64 of A-Z a-z 0-9 . _ @ -")
    private String name;

    @Option(
            names = "--roles",
            paramLabel = "ROLES",
            required = true,
            description = "What it may be used for, separated by commas: ingest (hand images in), label (say what is on"
                    + " them), rollout (change what is served), read (see everything). None includes another.")
    private String roles;

    @Override
    public Integer call() {
        KeyFile file = keys.file();
        NewKey made = add(file);
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                "Key %s of %s (%s) is in %s. It counts in a few seconds. Keep it now; it is shown once:%n",
                made.key().id(), made.key().name(), Role.words(made.key().roles()), file.path());
        err.flush();
        // Alone on standard output, so that it can go straight to where it is kept.
        spec.commandLine().getOut().println(made.text());
        return 0;
    }

    private NewKey add(KeyFile file) {
        try {
            return file.add(name, Role.list(roles), Instant.now());
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }
}
