package io.headwater.ingest.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.headwater.events.ImageLabelled;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.headwater.ingest.TopicReader;
import io.headwater.ingest.picture.Pictures;
import io.headwater.security.CapturedLog;
import io.headwater.security.keys.KeyFile;
import io.headwater.security.keys.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The front door with keys, as a stranger, a camera, an annotator and an operator meet it. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@TestProfile(WithKeys.class)
class ApiKeyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PROBLEM = "application/problem+json";
    private static final Map<Set<Role>, String> KEYS = new HashMap<>();

    @ConfigProperty(name = "headwater.keys.file")
    Path path;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @BeforeEach
    void theServiceIsThere() {
        Ready.await();
    }

    @Test
    void a_stranger_is_told_what_is_missing_and_nothing_happens() {
        given().body(Pictures.jpeg(30, 30))
                .post("/images")
                .then()
                .statusCode(401)
                .contentType(PROBLEM)
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("status", equalTo(401))
                .body("detail", containsString("Authorization: Bearer"))
                .body("instance", equalTo("/images"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer hw_00000000_0123456789012345678901234567890123456789012",
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Basic YWRtaW46YWRtaW4=",
                "bearer hw_00000000_0123456789012345678901234567890123456789012"
            })
    void whatever_is_no_good_key_is_401(String header) {
        given().header("Authorization", header)
                .body(Pictures.jpeg(30, 30))
                .post("/images")
                .then()
                .statusCode(401)
                .contentType(PROBLEM);
    }

    @Test
    void a_key_does_what_its_role_says_and_nothing_else() {
        as(Role.INGEST).body(Pictures.jpeg(30, 30)).post("/images").then().statusCode(202);

        as(Role.INGEST)
                .body("daisy")
                .contentType("text/plain")
                .put("/images/seven/label")
                .then()
                .statusCode(403)
                .contentType(PROBLEM)
                .body("detail", containsString("role"));
        as(Role.INGEST).get("/q/metrics").then().statusCode(403);
        as(Role.READ).body(Pictures.jpeg(30, 30)).post("/images").then().statusCode(403);
        as(Role.READ).get("/q/metrics").then().statusCode(200);
    }

    @Test
    void health_is_open_to_everybody_also_with_a_bad_key() {
        given().get("/q/health/live").then().statusCode(200);
        given().header("Authorization", "Bearer bad")
                .get("/q/health/ready")
                .then()
                .statusCode(200);
    }

    @Test
    void the_console_is_open_and_learns_that_a_key_is_asked_for() {
        given().get("/").then().statusCode(200).contentType("text/html");
        String config = given().get("/console/config.json").asString();
        assertThat(config).contains("api-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/q/arc", "/q/dev-ui", "/images/seven"})
    void what_has_no_role_is_open_to_nobody(String nowhere) {
        given().get(nowhere).then().statusCode(401);
        as(Role.INGEST, Role.LABEL, Role.READ, Role.ROLLOUT)
                .get(nowhere)
                .then()
                .statusCode(403)
                .contentType(PROBLEM)
                .body("detail", containsString("open to nobody"));
    }

    @Test
    void a_label_with_an_image_needs_the_role_of_labels_too() {
        String json = "{\"image\": \"" + Base64.getEncoder().encodeToString(Pictures.jpeg(30, 30))
                + "\", \"label\": \"daisy\"}";
        for (ValidatableResponse refused : List.of(
                as(Role.INGEST)
                        .queryParam("label", "daisy")
                        .body(Pictures.jpeg(30, 30))
                        .post("/images")
                        .then(),
                as(Role.INGEST)
                        .multiPart("image", "a.jpg", Pictures.jpeg(30, 30))
                        .multiPart("label", "daisy")
                        .post("/images")
                        .then(),
                as(Role.INGEST)
                        .contentType("application/json")
                        .body(json)
                        .post("/images")
                        .then())) {
            refused.statusCode(403).contentType(PROBLEM).body("detail", containsString("role label"));
        }
        as(Role.INGEST, Role.LABEL)
                .queryParam("label", "daisy")
                .header("Idempotency-Key", "labelled-with-key")
                .body(Pictures.jpeg(30, 30))
                .post("/images")
                .then()
                .statusCode(202);

        assertThat(annotators("labelled-with-key")).containsExactly("ingest-label");
    }

    @Test
    void the_annotator_is_who_sends_it_and_nobody_else() {
        as(Role.LABEL)
                .body("{\"label\": \"daisy\", \"annotator\": \"somebody else\"}")
                .contentType("application/json")
                .put("/images/signed/label")
                .then()
                .statusCode(403)
                .contentType(PROBLEM)
                .body("detail", containsString("annotator"));
        as(Role.LABEL)
                .body("{\"label\": \"daisy\"}")
                .contentType("application/json")
                .put("/images/signed/label")
                .then()
                .statusCode(204);

        assertThat(annotators("signed")).containsExactly("label");
    }

    private List<String> annotators(String image) {
        return new TopicReader(bootstrapServers)
                .of("labels", ImageLabelled.class, image).stream()
                        .flatMap(Optional::stream)
                        .map(ImageLabelled::getAnnotator)
                        .toList();
    }

    @Test
    void a_revoked_key_is_refused_within_seconds_and_without_a_restart() {
        KeyFile file = new KeyFile(path);
        String key = file.add("short-lived", Set.of(Role.READ), Instant.now()).text();
        await().atMost(PATIENCE).until(() -> metrics(key) == 200);

        file.revoke("short-lived");

        await().atMost(PATIENCE).until(() -> metrics(key) == 401);
    }

    private static int metrics(String key) {
        return given().header("Authorization", "Bearer " + key)
                .get("/q/metrics")
                .statusCode();
    }

    @Test
    void every_answer_tells_browsers_to_keep_to_themselves() {
        for (int status : List.of(
                given().get("/q/health/live").then().extract().statusCode(),
                given().get("/nothing").then().extract().statusCode())) {
            assertThat(status).isIn(200, 401);
        }
        given().get("/nothing")
                .then()
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("Strict-Transport-Security", nullValue());
    }

    @Test
    void a_page_from_elsewhere_is_refused_even_with_a_key() {
        given().header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .options("/images")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
        as(Role.INGEST)
                .header("Origin", "https://elsewhere.example")
                .body(Pictures.jpeg(30, 30))
                .post("/images")
                .then()
                .statusCode(403)
                .contentType(PROBLEM)
                .body("detail", containsString("quarkus.http.cors.origins"))
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void swagger_ui_and_what_it_shows_are_open_and_have_a_place_for_the_key() {
        given().get("/q/swagger-ui/").then().statusCode(200);
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("components.securitySchemes.bearer.type", equalTo("http"))
                .body("components.securitySchemes.bearer.scheme", equalTo("bearer"))
                .body("security.bearer", notNullValue());
    }

    @Test
    void a_key_that_has_used_up_its_quota_waits_and_no_other_does() {
        String hasty =
                new KeyFile(path).add("hasty", Set.of(Role.READ), Instant.now()).text();
        await().atMost(PATIENCE).until(() -> metrics(hasty) == 200);
        for (int i = 0; i < 220 && metrics(hasty) == 200; i++) {
            assertThat(i).as("requests").isLessThan(210);
        }

        given().header("Authorization", "Bearer " + hasty)
                .get("/q/metrics")
                .then()
                .statusCode(429)
                .contentType(PROBLEM)
                .header("Retry-After", matchesPattern("1[0-9]"))
                .header(
                        "RateLimit-Policy",
                        equalTo("\"requests\";q=200;w=3600, \"bytes\";q=52428800;qu=\"content-bytes\";w=3600"))
                .header("RateLimit", containsString("\"requests\";r=0;t="));
        as(Role.READ).get("/q/metrics").then().statusCode(200).header("RateLimit", not(containsString("r=0;")));
        given().header("Authorization", "Bearer " + hasty)
                .get("/q/health/live")
                .then()
                .statusCode(200);
    }

    @Test
    void what_people_do_to_labels_is_recorded_but_not_what_they_said() {
        try (CapturedLog log = new CapturedLog()) {
            as(Role.LABEL)
                    .body("daisy")
                    .contentType("text/plain")
                    .put("/images/audited/label")
                    .then()
                    .statusCode(204);
            as(Role.LABEL).delete("/images/audited/label").then().statusCode(204);
            given().delete("/images/audited/label").then().statusCode(401);
            as(Role.READ).delete("/images/audited/label").then().statusCode(403);
            as(Role.INGEST).body(Pictures.jpeg(30, 30)).post("/images").then().statusCode(202);

            await().atMost(PATIENCE).until(() -> log.lines("io.headwater.audit").size() >= 4);
            List<String> lines = log.lines("io.headwater.audit");
            assertThat(lines).hasSize(4);
            assertThat(lines.get(0))
                    .matches("who=label key=[0-9a-f]{8} from=127.0.0.1 action=\"PUT /images/\\{}/label\""
                            + " path=/images/audited/label status=204 outcome=done");
            assertThat(lines.get(1)).contains("who=label", "DELETE", "status=204 outcome=done");
            assertThat(lines.get(2)).contains("who=anonymous key=-", "status=401 outcome=refused");
            assertThat(lines.get(3)).contains("who=read", "status=403 outcome=refused");
        }
    }

    @Test
    void no_log_has_a_key_a_label_or_a_byte_of_an_image() {
        String key = key(Role.INGEST, Role.LABEL);
        String badKey = "hw_0bad0bad_CanaryCanaryCanaryCanaryCanaryCanaryCanary1";
        byte[] broken = "CanaryImageBytes-not-an-image".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (CapturedLog log = new CapturedLog()) {
            given().header("Authorization", "Bearer " + badKey)
                    .body(broken)
                    .post("/images")
                    .then()
                    .statusCode(401);
            as(Role.INGEST, Role.LABEL).body(broken).post("/images").then().statusCode(415);
            as(Role.INGEST, Role.LABEL)
                    .queryParam("label", "CanaryLabelInQuery")
                    .body(Pictures.jpeg(30, 30))
                    .post("/images")
                    .then()
                    .statusCode(202);
            as(Role.LABEL).body("CanaryLabelAsText").contentType("text/plain").put("/images/1/label");
            as(Role.LABEL)
                    .body("{\"label\": \"CanaryLabelInJson")
                    .contentType("application/json")
                    .put("/images/1/label");
            as(Role.LABEL).body("CanaryLabel\u0007").contentType("text/plain").put("/images/1/label");
            as(Role.READ)
                    .queryParam("label", "CanaryRefused")
                    .body(Pictures.jpeg(30, 30))
                    .post("/images");

            await().atMost(PATIENCE).until(() -> log.lines("io.headwater.audit").size() >= 3);
            assertThat(String.join("\n", log.lines()))
                    .doesNotContain("Canary")
                    .doesNotContain(key)
                    .doesNotContain(key.substring(12))
                    .doesNotContain(Base64.getEncoder().encodeToString(broken).substring(0, 20));
        }
    }

    private RequestSpecification as(Role... roles) {
        return given().header("Authorization", "Bearer " + key(roles));
    }

    /** One for each set of roles, named after them. */
    private String key(Role... roles) {
        return KEYS.computeIfAbsent(Set.of(roles), wanted -> {
            String name = Role.words(wanted).replace(',', '-');
            String made = new KeyFile(path).add(name, wanted, Instant.now()).text();
            await().atMost(PATIENCE).until(() -> metrics(made) != 401);
            return made;
        });
    }
}
