package io.headwater.ingest.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8081,http://127.0.0.1:8081",
        "https://trainer.example/,https://trainer.example",
        "http://[::1]:8082,http://[::1]:8082"
    })
    void an_address_is_kept_without_a_slash(String address, String kept) {
        assertThat(Origin.parse("headwater.console.trainer", address).value()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:8081",
                "ftp://127.0.0.1",
                "http://a.example/path",
                "http://a.example?q=1",
                "http://me:secret@a.example",
                "http://a.example; script-src *",
                "https:"
            })
    void anything_else_is_refused_by_key_and_value(String address) {
        assertThatThrownBy(() -> Origin.parse("headwater.console.trainer", address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headwater.console.trainer is '" + address + "'")
                .hasMessageContaining("http://127.0.0.1:8081");
    }
}
