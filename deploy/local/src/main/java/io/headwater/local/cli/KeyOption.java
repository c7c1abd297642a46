package io.headwater.local.cli;

import io.headwater.local.client.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who asks; mixed into every command that talks to a service. */
final class KeyOption {

    private static final String VARIABLE = "HEADWATER_KEY";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "API key or token, where the services ask for one (default: $HEADWATER_KEY)."
                    + " Others on this machine can see it while the command runs: --key-file keeps it to yourself.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--key-file", paramLabel = "FILE", description = "A file with the API key or token.")
    private Optional<Path> keyFile = Optional.empty();

    Credentials credentials() {
        return new Credentials(key.or(() -> keyFile.map(KeyOption::read))
                .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
                .map(String::strip)
                .filter(given -> !given.isEmpty())
                .map(KeyOption::checked));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandException("The key can't be read from %s (%s).".formatted(file, e.getMessage()));
        }
    }

    private static String checked(String given) {
        if (!given.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new CommandException("The key is none: it has spaces, or characters that no key has.");
        }
        return given;
    }
}
