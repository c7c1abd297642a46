package io.headwater.ingest.publication;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.ImageIngested;
import io.headwater.events.ImageLabelled;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.BrokerSwitch;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.headwater.ingest.picture.Pictures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class BrokerOutageTest {
    private static final int CLIENTS = 4;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "headwater.publication.timeout")
    Duration timeout;

    BrokerSwitch broker;

    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<String> unavailable = new ConcurrentLinkedQueue<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void everything_that_was_accepted_is_there_after_kafka_was_stopped_and_started_again() throws Exception {
        // Given: clients that go on uploading whatever the answer is
        Ready.await();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> uploads = IntStream.range(0, CLIENTS)
                .<Future<?>>mapToObj(client -> clients.submit(() -> uploadAll(client)))
                .toList();
        Awaitility.await().until(() -> accepted.size() >= 20);

        // When
        broker.off();
        Awaitility.await().atMost(timeout.multipliedBy(2)).until(() -> unavailable.size() >= CLIENTS);
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(503);
        int during = accepted.size();
        broker.on();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> accepted.size() >= during + 20);
        done.set(true);
        for (Future<?> upload : uploads) {
            upload.get();
        }
        clients.shutdown();

        // Then
        assertThat(unexpected).isEmpty();
        Ready.await();
        given().get("/q/health/live").then().statusCode(200);
        TopicReader reader = new TopicReader(bootstrapServers);
        assertThat(keys(reader.all("images", ImageIngested.class))).containsAll(accepted);
        assertThat(keys(reader.all("labels", ImageLabelled.class))).containsAll(accepted);
    }

    private void uploadAll(int client) {
        byte[] image = Pictures.noiseJpeg(64, 64, client);
        for (int i = 0; !done.get(); i++) {
            String id = "outage-" + client + "-" + i;
            Instant before = Instant.now();
            Response response = given().body(image)
                    .contentType("image/jpeg")
                    .header("Idempotency-Key", id)
                    .queryParam("label", "noise")
                    .post("/images");
            Duration took = Duration.between(before, Instant.now());
            boolean bounded = took.compareTo(timeout.multipliedBy(2).plusSeconds(1)) < 0;
            if (response.statusCode() == 202) {
                accepted.add(id);
            } else if (response.statusCode() == 503 && response.header("Retry-After") != null && bounded) {
                unavailable.add(id);
            } else {
                unexpected.add(response.statusCode() + " after " + took + ": " + response.asString());
            }
        }
    }

    private static Set<String> keys(List<? extends ConsumerRecord<String, ?>> records) {
        return records.stream().map(ConsumerRecord::key).collect(Collectors.toSet());
    }
}
