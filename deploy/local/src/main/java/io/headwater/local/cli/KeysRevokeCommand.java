package io.headwater.local.cli;

import io.headwater.security.keys.ApiKey;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Takes a key back, or all that somebody has. It is good for nothing a few seconds later.")
final class KeysRevokeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KeyFileOption keys;

    @Parameters(paramLabel = "ID|NAME", description = "Which, as keys list shows it.")
    private String idOrName;

    @Override
    public Integer call() {
        List<ApiKey> revoked = keys.file().revoke(idOrName);
        if (revoked.isEmpty()) {
            throw new CommandException(
                    "There is no key %s in %s.".formatted(idOrName, keys.file().path()));
        }
        revoked.forEach(key -> spec.commandLine().getOut().printf("Revoked %s of %s.%n", key.id(), key.name()));
        return 0;
    }
}
