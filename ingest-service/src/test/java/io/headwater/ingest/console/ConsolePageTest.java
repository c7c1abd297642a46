package io.headwater.ingest.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class ConsolePageTest {
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:src|href)=\"(?!/)|<script(?![^>]*src=)|<style| style=");

    @BeforeEach
    void ready() {
        Ready.await();
    }

    @Test
    void the_page_is_at_the_root_and_may_talk_to_the_three_services_alone() {
        given().get("/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Cache-Control", "no-cache")
                .header(
                        "Content-Security-Policy",
                        allOf(
                                containsString("default-src 'none'"),
                                containsString("connect-src 'self' http://127.0.0.1:8081 http://127.0.0.1:8082;"),
                                not(containsString("unsafe"))));
    }

    @Test
    void the_page_has_no_script_or_style_in_it_and_loads_nothing_from_elsewhere() {
        String page = given().get("/").asString();

        assertThat(ELSEWHERE.matcher(page).results().map(found -> found.group()))
                .isEmpty();
    }

    @Test
    void it_learns_where_the_services_are_and_how_people_are_known() {
        given().get("/console/config.json")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("inference", equalTo("http://127.0.0.1:8081"))
                .body("trainer", equalTo("http://127.0.0.1:8082"))
                .body("auth", equalTo("none"));
    }

    @Test
    void the_libraries_are_its_own_files() {
        given().get("/console/lib/lit-html/lit-html.js")
                .then()
                .statusCode(200)
                .contentType(containsString("javascript"));
        given().get("/console/lib/reactive-element/reactive-element.js").then().statusCode(200);
        given().get("/console/lib/uplot/uPlot.esm.js").then().statusCode(200);
        given().get("/console/lib/nothing.js").then().statusCode(404);
    }
}
