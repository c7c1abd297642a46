package io.headwater.local.broker;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The broker as a process of its own. It stops cleanly on SIGTERM or SIGINT. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = "Runs one Kafka broker on 127.0.0.1 until it is told to stop.")
public final class BrokerMain implements Callable<Integer> {

    /** How the line on standard output begins that says that the broker serves; the address follows. */
    public static final String READY = "Kafka is ready on ";

    @Option(names = "--dir", required = true, description = "Where its data are.")
    private Path directory;

    @Option(names = "--port", defaultValue = "9092", description = "Port on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
    private int port;

    private BrokerMain() {}

    /** Runs the broker; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BrokerMain()).execute(args));
    }

    @Override
    public Integer call() {
        var broker = EmbeddedBroker.start(directory, port);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "stop-broker"));
        System.out.println(READY + broker.bootstrapServers());
        broker.awaitStop();
        return CommandLine.ExitCode.OK;
    }
}
