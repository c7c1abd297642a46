package io.headwater.local.cli;

import io.headwater.local.demo.Demo;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Shows it all in about two minutes: generated pictures, a first model, a better one, a new kind, a"
                        + " change of light, wrong labels. Uses free ports and a directory of its own, and stops everything at the end.")
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption home;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Another seed, other pictures (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        new Demo(home.home().within("demo"), seed, out, new ClusterPrinter(out)).run();
        return 0;
    }
}
