package io.headwater.local.cli;

import io.headwater.local.client.Credentials;
import io.headwater.local.launch.Addresses;
import io.headwater.local.launch.Ports;
import io.headwater.local.launch.RunningCluster;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the services are: as told, or else where the running {@code up} of this home has them, or else the default ports. */
final class Connection {

    @Mixin
    private HomeOption home;

    @Mixin
    private KeyOption key;

    @Option(names = "--offset", paramLabel = "N", description = "The services run on ports shifted by this much.")
    private Optional<Integer> offset = Optional.empty();

    @Option(names = "--ingest", paramLabel = "URL", description = "Address of the ingest-service.")
    private Optional<URI> ingest = Optional.empty();

    @Option(names = "--inference", paramLabel = "URL", description = "Address of the inference-service.")
    private Optional<URI> inference = Optional.empty();

    @Option(names = "--trainer", paramLabel = "URL", description = "Address of the trainer-service.")
    private Optional<URI> trainer = Optional.empty();

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Address of Kafka.")
    private Optional<String> kafka = Optional.empty();

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "Settings of Kafka's clients, a properties file: TLS, user and password, where it asks for them.")
    private Optional<Path> kafkaConfig = Optional.empty();

    /** Settings of a client of Kafka. */
    Map<String, Object> kafkaClient() {
        Map<String, Object> settings = new HashMap<>();
        kafkaConfig.map(Connection::read).ifPresent(read -> read.stringPropertyNames()
                .forEach(name -> settings.put(name, read.getProperty(name))));
        settings.put("bootstrap.servers", addresses().kafka());
        return settings;
    }

    private static Properties read(Path file) {
        Properties read = new Properties();
        try (Reader content = Files.newBufferedReader(file)) {
            read.load(content);
            return read;
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException("Kafka's settings can't be read from %s (%s).".formatted(file, e.getMessage()));
        }
    }

    Addresses addresses() {
        Addresses found = offset.map(Ports::withOffset)
                .or(() -> new RunningCluster(home.home()).ports())
                .orElseGet(() -> Ports.withOffset(0))
                .addresses();
        return new Addresses(
                ingest.map(Connection::base).orElse(found.ingest()),
                inference.map(Connection::base).orElse(found.inference()),
                trainer.map(Connection::base).orElse(found.trainer()),
                kafka.orElse(found.kafka()));
    }

    Credentials credentials() {
        return key.credentials();
    }

    HomeOption home() {
        return home;
    }

    private static URI base(URI given) {
        if (given.getHost() == null
                || given.getScheme() == null
                || !given.getScheme().startsWith("http")) {
            throw new CommandException("%s is not an address such as http://127.0.0.1:8080.".formatted(given));
        }
        String text = given.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : given;
    }
}
