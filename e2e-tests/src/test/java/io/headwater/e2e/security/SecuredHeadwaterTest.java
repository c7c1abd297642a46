package io.headwater.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.local.broker.EmbeddedBroker;
import io.headwater.local.broker.FreePorts;
import io.headwater.local.client.Answer;
import io.headwater.local.client.ControlPlane;
import io.headwater.local.client.Credentials;
import io.headwater.local.client.FrontDoor;
import io.headwater.local.client.RolloutAnswer;
import io.headwater.local.launch.Home;
import io.headwater.local.launch.LocalCluster;
import io.headwater.local.launch.Ports;
import io.headwater.local.launch.Service;
import io.headwater.local.stream.Leaf;
import io.headwater.local.stream.Light;
import io.headwater.local.stream.SyntheticImages;
import io.headwater.security.Secrets;
import io.headwater.security.keys.KeyFile;
import io.headwater.security.keys.Role;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All three services with keys and TLS, on a broker that takes nobody without TLS and a password: the whole job still gets done. */
class SecuredHeadwaterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path SHARED = Path.of(System.getProperty("headwater.e2e.directory", "target/e2e"));
    private static final List<Service> SERVICES = List.of(Service.INGEST, Service.INFERENCE, Service.TRAINER);
    private static final List<Leaf> CLASSES = List.of(Leaf.MAPLE, Leaf.WILLOW);

    @TempDir
    static Path directory;

    private static Secrets secrets;
    private static EmbeddedBroker broker;
    private static LocalCluster cluster;
    private static Home home;
    private static HttpClient https;
    private static String camera;
    private static String annotator;
    private static String operator;
    private static final Map<Service, Integer> HTTPS_PORTS = new EnumMap<>(Service.class);

    @BeforeAll
    static void start() throws Exception {
        secrets = Secrets.in(directory);
        https = HttpClient.newBuilder().sslContext(trusting(secrets)).build();
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0, secrets.broker());
        home = new Home(directory.resolve("home"), SHARED.resolve("cache"));
        KeyFile keys = new KeyFile(home.keys());
        camera = keys.add("camera", Set.of(Role.INGEST), Instant.now()).text();
        annotator = keys.add("annotator", Set.of(Role.INGEST, Role.LABEL), Instant.now())
                .text();
        operator = keys.add("operator", Set.of(Role.READ, Role.ROLLOUT), Instant.now())
                .text();
        LocalCluster.Builder builder = LocalCluster.builder(home, Ports.free())
                .set(Service.TRAINER, "headwater.backbone", "openimages")
                .set(Service.TRAINER, "headwater.training.cooldown", "1s");
        List<Integer> ports = FreePorts.distinct(SERVICES.size());
        for (Service service : SERVICES) {
            HTTPS_PORTS.put(service, ports.get(SERVICES.indexOf(service)));
            builder.set(service, "headwater.auth", "api-key");
            builder.set(service, "kafka.bootstrap.servers", broker.bootstrapServers());
            secrets.kafkaClient().forEach((key, value) -> builder.set(service, "kafka." + key, value));
            secrets.https(HTTPS_PORTS.get(service)).forEach((key, value) -> builder.set(service, key, value));
        }
        cluster = builder.build();
        cluster.start();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void labelled_images_become_a_version_that_answers_and_each_does_no_more_than_its_key_allows() throws Exception {
        for (Service service : SERVICES) {
            assertThat(get(service, "/q/metrics", "").statusCode())
                    .as("a stranger at " + service)
                    .isEqualTo(401);
            assertThat(get(service, "/q/metrics", operator).statusCode())
                    .as("an operator at " + service)
                    .isEqualTo(200);
        }
        SyntheticImages images = new SyntheticImages(7);
        FrontDoor door = new FrontDoor(cluster.addresses().ingest(), new Credentials(Optional.of(annotator)));
        for (int i = 0; i < 100; i++) {
            Leaf leaf = CLASSES.get(i % CLASSES.size());
            Answer answer = door.post(
                    images.jpeg(leaf, Light.DAY, i), "image/jpeg", Optional.of(leaf.label()), Optional.of("leaf-" + i));
            assertThat(answer).isEqualTo(new Answer.Accepted("leaf-" + i));
        }
        ControlPlane trainer = new ControlPlane(cluster.addresses().trainer(), new Credentials(Optional.of(operator)));
        await().atMost(PATIENCE).until(() -> trainer.stable().isPresent());

        FrontDoor unlabelled = new FrontDoor(cluster.addresses().ingest(), new Credentials(Optional.of(camera)));
        assertThat(unlabelled.post(
                        images.jpeg(Leaf.MAPLE, Light.DAY, 500), "image/jpeg", Optional.of("maple"), Optional.empty()))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.status())
                        .isEqualTo(403));
        assertThat(unlabelled.post(
                        images.jpeg(Leaf.MAPLE, Light.DAY, 501), "image/jpeg", Optional.empty(), Optional.of("fresh")))
                .isEqualTo(new Answer.Accepted("fresh"));
        await().atMost(PATIENCE)
                .until(() ->
                        get(Service.INFERENCE, "/predictions/fresh", operator).statusCode() == 200);

        RolloutAnswer refused = new ControlPlane(cluster.addresses().trainer(), new Credentials(Optional.of(annotator)))
                .changeRollout("pause", "*", "alice", "I may not.");
        assertThat(refused.isOk()).isFalse();
        RolloutAnswer paused = trainer.changeRollout("pause", "*", "alice", "A test.");
        assertThat(paused.isOk()).isTrue();
        assertThat(paused.body().path("changedBy").asText()).isEqualTo("operator for alice");
        assertThat(Files.readString(home.logs().resolve("trainer-service.log")))
                .containsPattern("who=annotator .*POST /rollouts/pause.* status=403 outcome=refused")
                .containsPattern("who=operator .*POST /rollouts/pause.* status=200 outcome=done");
        for (Service service : SERVICES) {
            assertThat(Files.readString(home.logs().resolve(service.directory() + ".log")))
                    .doesNotContain(camera, annotator, operator, "broker-password", "store-password");
        }
    }

    @Test
    void with_tls_every_answer_says_never_to_come_without() throws Exception {
        for (Service service : SERVICES) {
            HttpResponse<String> answer = https.send(
                    HttpRequest.newBuilder(
                                    URI.create("https://127.0.0.1:" + HTTPS_PORTS.get(service) + "/q/health/live"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        }
    }

    @Test
    void the_broker_really_takes_nobody_with_a_wrong_password() {
        Map<String, Object> config = new HashMap<>(secrets.kafkaClient("wrong-password"));
        config.put("bootstrap.servers", broker.bootstrapServers());

        try (Admin admin = Admin.create(config)) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    private static HttpResponse<String> get(Service service, String path, String key) throws Exception {
        URI base =
                switch (service) {
                    case INGEST -> cluster.addresses().ingest();
                    case INFERENCE -> cluster.addresses().inference();
                    case TRAINER -> cluster.addresses().trainer();
                    case KAFKA -> throw new IllegalArgumentException("Kafka does not speak HTTP");
                };
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return https.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext trusting(Secrets secrets) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(secrets.trustStore())) {
            store.load(content, secrets.storePassword().toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
