package io.headwater.ingest;

import io.headwater.local.broker.EmbeddedBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real broker for all tests of the service; a {@link BrokerSwitch} stops it and starts it again on the same data. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {
    private Path directory;
    private EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("headwater-ingest-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = start(0);
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    // Kafka loads some classes by name with the thread's class loader, which here is Quarkus' own.
    private EmbeddedBroker start(int port) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(EmbeddedBroker.class.getClassLoader());
        try {
            return EmbeddedBroker.start(directory, port);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        BrokerSwitch control = new BrokerSwitch() {
            @Override
            public void off() {
                broker.stop();
            }

            @Override
            public void on() {
                broker = BrokerResource.this.start(broker.port());
            }
        };
        injector.injectIntoFields(control, new TestInjector.MatchesType(BrokerSwitch.class));
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
        if (directory != null) {
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
