package io.headwater.local.cli;

import io.headwater.local.launch.Addresses;
import io.headwater.local.launch.Home;
import io.headwater.local.launch.LocalCluster;
import io.headwater.local.launch.Ports;
import io.headwater.local.launch.Service;
import io.headwater.security.keys.NewKey;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts Kafka and the three services on this machine and keeps them running until Ctrl-C.")
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption home;

    @Option(
            names = "--offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Shifts all ports (ingest 8080, inference 8081, trainer 8082, Kafka 9092) by this much.")
    private int offset;

    @Option(
            names = "--set",
            paramLabel = "SERVICE:KEY=VALUE",
            description = "A setting of a service (ingest, inference, trainer),"
                    + " as in --set trainer:headwater.training.min-new-labels=20. May be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--auth",
            paramLabel = "none|api-key",
            description =
                    "Whether all three services ask for a key. With api-key and no key yet, one of all roles is made"
                            + " and shown, once. Other settings of headwater.auth: docs/security.md.")
    private Optional<String> auth = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        var builder = LocalCluster.builder(home.home(), ports()).listener(new ClusterPrinter(out));
        settings.forEach(setting -> apply(setting, builder));
        Optional<Gatekeeping> gate = auth.map(Gatekeeping::of);
        gate.ifPresent(asked -> asked.tell(builder));
        LocalCluster cluster = builder.build();
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster, out, stopped), "stop-headwater"));
        out.printf("Headwater starts; its state is in %s.%n", cluster.home().root());
        out.flush();
        gate.flatMap(asked -> asked.firstKey(cluster.home())).ifPresent(key -> printKey(out, key));
        cluster.start();
        printReady(out, cluster.addresses(), cluster.home());
        stopped.await();
        return 0;
    }

    private Ports ports() {
        try {
            return Ports.withOffset(offset);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }

    private static void apply(String setting, LocalCluster.Builder builder) {
        int colon = setting.indexOf(':');
        int equals = setting.indexOf('=', colon + 1);
        if (colon < 1 || equals < colon + 2) {
            throw new CommandException("--set %s is not SERVICE:KEY=VALUE.".formatted(setting));
        }
        builder.set(
                service(setting.substring(0, colon)),
                setting.substring(colon + 1, equals),
                setting.substring(equals + 1));
    }

    private static Service service(String name) {
        for (Service service : List.of(Service.INGEST, Service.INFERENCE, Service.TRAINER)) {
            if (name.toLowerCase(Locale.ROOT).equals(service.title())) {
                return service;
            }
        }
        throw new CommandException("--set knows the services ingest, inference and trainer, not %s.".formatted(name));
    }

    private static void stop(LocalCluster cluster, PrintWriter out, CountDownLatch stopped) {
        if (cluster.isOpen()) {
            out.println("Stopping: the services, then Kafka ...");
            out.flush();
            cluster.close();
            out.println("Stopped. The data stay.");
            out.flush();
        }
        stopped.countDown();
    }

    private static void printKey(PrintWriter out, NewKey key) {
        out.printf(
                """
                Here is a key that may do everything. It is shown this once; the file has no more than its hash:
                  export HEADWATER_KEY=%s
                ./headwater takes it from there. Others: curl -H "Authorization: Bearer $HEADWATER_KEY" ...
                """,
                key.text());
        out.flush();
    }

    private static void printReady(PrintWriter out, Addresses addresses, Home home) {
        out.printf(
                """
                Headwater is ready.
                  images and labels    %s
                  predictions          Kafka %s, topic predictions (inference-service %s)
                  models, trainings    %s
                  logs                 %s

                What next, in another terminal:
                  ./headwater ingest DIR     send a folder of class folders; a model appears by itself
                  ./headwater models         the versions and how good they are
                  ./headwater predict FILE   classify a picture
                  ./headwater watch          predictions and model changes as they come
                Ctrl-C stops everything; the data stay.
                """,
                addresses.ingest(), addresses.kafka(), addresses.inference(), addresses.trainer(), home.logs());
        out.flush();
    }
}
