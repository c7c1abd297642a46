package io.headwater.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenersTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.3.2.1", "localhost", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void on_loopback_nobody_need_be_asked(String host) {
        assertThat(new Listeners(Map.of("quarkus.http.host", host)).objection(AuthMode.NONE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "[::]", "192.0.2.7", "", " "})
    void elsewhere_somebody_must_be_asked(String host) {
        assertThat(new Listeners(Map.of("quarkus.http.host", host)).objection(AuthMode.NONE))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("headwater.auth is none", "quarkus.http.host is " + host, "127.0.0.1"));
    }

    @Test
    void one_listener_of_two_is_enough_to_refuse() {
        Listeners listeners =
                new Listeners(Map.of("quarkus.http.host", "127.0.0.1", "quarkus.management.host", "0.0.0.0"));

        assertThat(listeners.objection(AuthMode.NONE))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("quarkus.management.host is 0.0.0.0"));
    }

    @ParameterizedTest
    @EnumSource(AuthMode.class)
    void where_nobody_can_be_asked_nobody_else_may_come(AuthMode mode) {
        Listeners listeners =
                new Listeners(Map.of("quarkus.http.host", "127.0.0.1", "quarkus.management.host", "0.0.0.0"));

        assertThat(listeners.objection(mode)).hasValueSatisfying(sentence -> assertThat(sentence)
                .contains("quarkus.management.host is 0.0.0.0", "set quarkus.management.host to 127.0.0.1"));
        assertThat(new Listeners(Map.of("quarkus.management.host", "127.0.0.1")).objection(mode))
                .isEmpty();
    }

    @Test
    void whoever_asks_may_listen_anywhere() {
        Listeners everywhere = new Listeners(Map.of("quarkus.http.host", "0.0.0.0"));

        assertThat(everywhere.objection(AuthMode.API_KEY)).isEmpty();
        assertThat(everywhere.objection(AuthMode.OIDC)).isEmpty();
    }
}
