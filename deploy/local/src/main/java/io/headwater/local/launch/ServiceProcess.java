package io.headwater.local.launch;

import io.headwater.local.broker.BrokerMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How each service is started as a process: its command line and environment. */
final class ServiceProcess {

    // Ctrl-C and a closing terminal signal the whole process group. The children must not see it: `up` stops them, in
    // order.
    // A JVM leaves a signal ignored that was ignored when it started; exec keeps the process id.
    private static final List<String> SHIELD = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "headwater");

    private final Home home;
    private final Ports ports;
    private final Distribution distribution;
    private final Map<Service, Map<String, String>> settings;

    ServiceProcess(Home home, Ports ports, Distribution distribution, Map<Service, Map<String, String>> settings) {
        this.home = home;
        this.ports = ports;
        this.distribution = distribution;
        this.settings = settings;
    }

    /** A builder with command and environment; the caller says where the output goes. */
    ProcessBuilder of(Service service) {
        List<String> command = new ArrayList<>(SHIELD);
        command.add(java());
        command.addAll(memory(service));
        if (service == Service.KAFKA) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), BrokerMain.class.getName()));
            command.addAll(List.of("--dir", home.kafka().toString(), "--port", Integer.toString(ports.kafka())));
        } else {
            properties(service).forEach((key, value) -> command.add("-D" + key + "=" + value));
            command.addAll(List.of("-jar", distribution.jar(service).toString()));
        }
        var builder = new ProcessBuilder(command).directory(home.root().toFile());
        // The launcher's own variable is no setting of the services, and they refuse keys that they do not know.
        builder.environment().remove(Home.VARIABLE);
        // Nor is the key of whoever starts them any of their business.
        builder.environment().remove("HEADWATER_KEY");
        builder.environment().put("DJL_CACHE_DIR", home.cache().toString());
        return builder;
    }

    private Map<String, String> properties(Service service) {
        var properties = new LinkedHashMap<String, String>();
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.http.port", Integer.toString(ports.of(service)));
        properties.put("kafka.bootstrap.servers", "127.0.0.1:" + ports.kafka());
        // The launcher asks for the health several times a second until it is good; that it is not yet is no news.
        properties.put("quarkus.log.category.\"io.smallrye.health\".level", "WARN");
        properties.put("headwater.keys.file", home.keys().toString());
        if (service != Service.INGEST) {
            properties.put("headwater.artifacts", home.artifacts().toString());
            properties.put("ai.djl.offline", "true");
        }
        if (service == Service.TRAINER) {
            properties.put("headwater.trainer.state-dir", home.streams().toString());
        }
        properties.putAll(console(service));
        properties.putAll(settings.getOrDefault(service, Map.of()));
        return properties;
    }

    /** The page of the front door asks the other two, which let no other page do so. */
    private Map<String, String> console(Service service) {
        if (service == Service.INGEST) {
            Addresses addresses = ports.addresses();
            return Map.of(
                    "headwater.console.inference", addresses.inference().toString(),
                    "headwater.console.trainer", addresses.trainer().toString());
        }
        int door = ports.of(Service.INGEST);
        return Map.of(
                "quarkus.http.cors.enabled",
                "true",
                "quarkus.http.cors.origins",
                "http://127.0.0.1:" + door + ",http://localhost:" + door);
    }

    private static List<String> memory(Service service) {
        List<String> limits =
                switch (service) {
                    case KAFKA, INGEST -> List.of("-Xmx256m");
                    case INFERENCE -> List.of("-Xmx384m");
                    // The embeddings of the training set are in direct memory: 9.5 KiB for each example.
                    case TRAINER -> List.of("-Xmx1g", "-XX:MaxDirectMemorySize=3g");
                };
        // Serial collection: on a machine that everything shares it takes less memory and fewer threads.
        return Stream.concat(
                        limits.stream(),
                        Stream.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true"))
                .toList();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
