package io.headwater.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {

    @TempDir
    Path directory;

    @Test
    void the_broker_runs_as_a_process_and_ends_when_it_is_asked_to() throws Exception {
        // Given
        Ports ports = Ports.free();
        Process broker = start(ports);
        try {
            var readiness = new Readiness(ports);
            await().atMost(Duration.ofSeconds(60)).until(() -> readiness.of(Service.KAFKA));

            // When
            broker.destroy();

            // Then
            assertThat(broker.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(directory.resolve("kafka/.kafka_cleanshutdown")).exists();
            assertThat(Files.readString(directory.resolve("out")))
                    .contains("Kafka is ready on 127.0.0.1:" + ports.kafka());
        } finally {
            broker.destroyForcibly();
        }
    }

    private Process start(Ports ports) throws IOException {
        return new ServiceProcess(new Home(directory), ports, new Distribution(directory), Map.of())
                .of(Service.KAFKA)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
    }
}
