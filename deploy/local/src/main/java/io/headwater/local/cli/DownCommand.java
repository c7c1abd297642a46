package io.headwater.local.cli;

import io.headwater.local.launch.RunningCluster;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description =
                "Stops the Headwater that runs in this home, cleanly; also what a killed one left behind. The data stay.")
final class DownCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption home;

    @Override
    public Integer call() throws InterruptedException {
        boolean stopped = new RunningCluster(home.home()).stop();
        spec.commandLine()
                .getOut()
                .println(stopped ? "Stopped." : "Nothing runs in " + home.home().root() + ".");
        return 0;
    }
}
