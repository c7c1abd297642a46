package io.headwater.local.cli;

import io.headwater.security.keys.ApiKey;
import io.headwater.security.keys.Role;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the keys: id, when it was made, whose, roles.")
final class KeysListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KeyFileOption keys;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<ApiKey> found = keys.file().keys();
        if (found.isEmpty()) {
            out.println("No key. Make one with ./headwater keys add NAME --roles read");
        }
        found.forEach(
                key -> out.printf("%s  %s  %-24s %s%n", key.id(), key.created(), key.name(), Role.words(key.roles())));
        return 0;
    }
}
