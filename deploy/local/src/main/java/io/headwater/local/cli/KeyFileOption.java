package io.headwater.local.cli;

import io.headwater.security.keys.KeyFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The file that the services read the keys from. */
final class KeyFileOption {

    @Mixin
    private HomeOption home;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The file that the services read: their headwater.keys.file (default: keys in the home).")
    private Optional<Path> file = Optional.empty();

    KeyFile file() {
        return new KeyFile(file.orElseGet(() -> home.home().keys()));
    }
}
