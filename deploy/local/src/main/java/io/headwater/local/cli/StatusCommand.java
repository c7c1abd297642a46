package io.headwater.local.cli;

import io.headwater.local.launch.Ports;
import io.headwater.local.launch.Readiness;
import io.headwater.local.launch.RunningCluster;
import io.headwater.local.launch.Service;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what runs in this home. Exit code 0 when everything is ready, else 1.")
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption home;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        var running = new RunningCluster(home.home());
        Optional<Ports> ports = running.ports();
        if (ports.isEmpty()) {
            out.printf(
                    "Nothing runs in %s. Start it with ./headwater up.%n",
                    home.home().root());
            return 1;
        }
        var readiness = new Readiness(ports.get());
        boolean all = true;
        for (Service service : Service.values()) {
            boolean ready = readiness.of(service);
            all &= ready;
            String process = running.process(service)
                    .map(handle -> "process " + handle.pid())
                    .orElse("no process");
            out.printf(
                    "%-10s %-9s 127.0.0.1:%-6d %s%n",
                    service.title(), ready ? "ready" : "not ready", ports.get().of(service), process);
        }
        return all ? 0 : 1;
    }
}
