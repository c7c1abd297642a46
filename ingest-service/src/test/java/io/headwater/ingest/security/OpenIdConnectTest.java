package io.headwater.ingest.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.headwater.ingest.picture.Pictures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The front door with tokens of an OpenID Connect provider. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@TestProfile(WithTokens.class)
class OpenIdConnectTest {
    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String provider;

    @BeforeEach
    void theServiceIsThere() {
        Ready.await();
    }

    @Test
    void a_token_does_what_its_groups_say() {
        post(token("groups=ingest")).statusCode(202);
        put(token("groups=ingest")).statusCode(403).contentType("application/problem+json");
        put(token("groups=label&sub=bob")).statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lifetime=-60",
                "iss=http://elsewhere.example",
                "aud=another-service",
                "stranger=true",
                "unsigned=true"
            })
    void a_token_with_a_flaw_is_401(String flaw) {
        post(token("groups=ingest&" + flaw))
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer error=\"invalid_token\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not.a.token", "x", "hw_00000000_0123456789012345678901234567890123456789012"})
    void what_is_no_token_is_401(String nonsense) {
        post(nonsense).statusCode(401).contentType("application/problem+json");
    }

    @Test
    void nobody_is_401_but_may_ask_for_the_health() {
        given().body(Pictures.jpeg(30, 30))
                .post("/images")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer"));
        given().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void a_token_without_a_known_group_may_do_nothing() {
        post(token("groups=admin,INGEST")).statusCode(403);
    }

    private String token(String query) {
        return given().get(provider + "/token?" + query).asString();
    }

    private static ValidatableResponse post(String token) {
        return given().header("Authorization", "Bearer " + token)
                .body(Pictures.jpeg(30, 30))
                .post("/images")
                .then();
    }

    private static ValidatableResponse put(String token) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("text/plain")
                .body("daisy")
                .put("/images/with-token/label")
                .then();
    }
}
