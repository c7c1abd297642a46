package io.headwater.local.cli;

import io.headwater.local.launch.ClusterListener;
import io.headwater.local.launch.Service;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells on the terminal what happens to the processes. */
final class ClusterPrinter implements ClusterListener {

    private final PrintWriter out;

    ClusterPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void orphansStopped(List<Service> services) {
        say("The last run was killed; stopped what it had left behind: "
                + services.stream().map(Service::title).collect(Collectors.joining(", ")) + ".");
    }

    @Override
    public void ready(Service service, Duration took) {
        say("  %-10s ready (%.1f s)".formatted(service.title(), took.toMillis() / 1000.0));
    }

    @Override
    public void died(Service service, int exitCode, List<String> lastLines, Duration restartIn) {
        say("%s ended with exit code %d; the others go on. It is started again in %d s. The end of its log:"
                .formatted(title(service), exitCode, restartIn.toSeconds()));
        lastLines.forEach(line -> say("  | " + line));
    }

    @Override
    public void restarted(Service service) {
        say(title(service) + " was started again.");
    }

    private static String title(Service service) {
        return service.title().substring(0, 1).toUpperCase(Locale.ROOT)
                + service.title().substring(1);
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
