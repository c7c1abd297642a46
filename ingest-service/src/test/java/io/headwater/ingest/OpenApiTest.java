package io.headwater.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class OpenApiTest {
    private JsonNode document;

    @BeforeEach
    void read() throws Exception {
        Ready.await();
        document = new ObjectMapper()
                .readTree(given().get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    /** Here nobody is asked who he is. */
    @Test
    void a_page_from_elsewhere_and_a_foreign_name_of_this_machine_are_refused() {
        given().header("Origin", "https://elsewhere.example")
                .contentType("text/plain")
                .body("id,label")
                .post("/labels:batch")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("quarkus.http.cors.origins"));
        given().header("Sec-Fetch-Site", "cross-site").get("/q/openapi").then().statusCode(403);
        given().header("Host", "elsewhere.example")
                .get("/q/openapi")
                .then()
                .statusCode(403)
                .body("detail", containsString("headwater.auth"));
        given().header("Host", "localhost:8080")
                .header("Origin", "http://localhost:8080")
                .get("/q/openapi")
                .then()
                .statusCode(200);
    }

    @Test
    void it_is_openapi_3_1_and_has_every_door() {
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        assertThat(document.path("paths").fieldNames())
                .toIterable()
                .contains("/images", "/images:batch", "/images/{id}/label", "/labels:batch", "/events");
    }

    @Test
    void every_answer_with_a_body_has_an_example() {
        List<String> without = new ArrayList<>();
        List<String> with = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : fields(document.path("paths"))) {
            for (Map.Entry<String, JsonNode> operation : fields(path.getValue())) {
                for (Map.Entry<String, JsonNode> answer :
                        fields(operation.getValue().path("responses"))) {
                    String name = operation.getKey() + " " + path.getKey() + " " + answer.getKey();
                    for (JsonNode content : answer.getValue().path("content")) {
                        (content.path("examples").isEmpty() ? without : with).add(name);
                    }
                    if (!answer.getKey().equals("204")
                            && answer.getValue().path("content").isEmpty()) {
                        without.add(name);
                    }
                }
            }
        }

        assertThat(without).isEmpty();
        assertThat(with).hasSizeGreaterThan(20);
    }

    @Test
    void people_can_read_it_in_a_browser() {
        given().get("/q/swagger-ui/").then().statusCode(200);
    }

    private static List<Map.Entry<String, JsonNode>> fields(JsonNode object) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
        object.fields().forEachRemaining(fields::add);
        return fields;
    }
}
