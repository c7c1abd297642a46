package io.headwater.local.cli;

import io.headwater.local.launch.Home;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the state is; mixed into every command. */
final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where all state is (default: $HEADWATER_HOME, or else ~/.headwater).")
    private Optional<Path> home = Optional.empty();

    Home home() {
        return Home.of(home);
    }
}
