package io.headwater.local.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Asks a service whether it is ready to work. */
public final class Readiness {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Ports ports;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** Of the Headwater on these ports of 127.0.0.1. */
    public Readiness(Ports ports) {
        this.ports = ports;
    }

    /** Whether the service says now that it is ready; no answer is no. */
    public boolean of(Service service) throws InterruptedException {
        return service == Service.KAFKA ? kafka() : health(service);
    }

    private boolean health(Service service) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + ports.of(service) + "/q/health/ready");
        try {
            return http.send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean kafka() throws InterruptedException {
        int millis = (int) TIMEOUT.toMillis();
        Map<String, Object> config = Map.of(
                "bootstrap.servers", "127.0.0.1:" + ports.kafka(),
                "request.timeout.ms", millis,
                "default.api.timeout.ms", millis);
        try (Admin admin = Admin.create(config)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
