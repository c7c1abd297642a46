package io.headwater.local.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this JVM: KRaft, broker and controller in one process, from Apache Kafka's own jars.
 *
 * <p>It listens on 127.0.0.1 only, creates no topic by itself, and keeps its data in its directory: starting again on the
 * same directory goes on where the last one stopped, also after a crash. One broker per directory at a time.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int START_ATTEMPTS = 3;

    private final int port;
    private final KafkaRaftServer server;
    private boolean stopped;

    private EmbeddedBroker(int port, KafkaRaftServer server) {
        this.port = port;
        this.server = server;
    }

    /**
     * Starts a broker and returns when it serves requests.
     *
     * @param directory where its data are; made when it does not exist
     * @param port to listen on; 0 takes a free one
     * @throws PortTakenException when the port is in use
     * @throws IllegalStateException when it does not start; the directory is as after a crash, that is, usable
     */
    public static EmbeddedBroker start(Path directory, int port) {
        return start(directory, port, Map.of());
    }

    /**
     * The same with settings of Kafka's own, which take the place of those that it would have: so that it asks for TLS and a
     * password, for instance. The listener for clients is called {@value BrokerSettings#CLIENT_LISTENER}.
     */
    public static EmbeddedBroker start(Path directory, int port, Map<String, String> more) {
        if (port != 0 && !FreePorts.isFree(port)) {
            throw new PortTakenException(port);
        }
        format(directory);
        RuntimeException failure = null;
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            // The controller's port is not known to clients and may be another one each time. Between finding a port
            // and
            // listening on it somebody else may take it: hence several attempts.
            var ports = FreePorts.distinct(2);
            int listen = port != 0 ? port : ports.get(0);
            try {
                return startOnce(directory, listen, ports.get(1), more);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        throw new IllegalStateException("Kafka did not start on " + directory + ": " + failure.getMessage(), failure);
    }

    private static EmbeddedBroker startOnce(Path directory, int port, int controllerPort, Map<String, String> more) {
        Map<String, String> settings = BrokerSettings.of(directory, port, controllerPort);
        settings.putAll(more);
        var config = new KafkaConfig(settings, false);
        var server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            server.awaitShutdown();
            throw e;
        }
        return new EmbeddedBroker(port, server);
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka's directory " + directory + " can't be made.", e);
        } catch (Exception e) {
            throw new IllegalStateException("Kafka's directory " + directory + " can't be formatted.", e);
        }
    }

    /** Where clients connect: host:port. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Waits until the broker has stopped, for whatever reason. */
    public void awaitStop() {
        server.awaitShutdown();
    }

    /** Stops cleanly and waits for it; the data stay. A second call does nothing. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        server.shutdown();
        server.awaitShutdown();
    }

    @Override
    public void close() {
        stop();
    }
}
