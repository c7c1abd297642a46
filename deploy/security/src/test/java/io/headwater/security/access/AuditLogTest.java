package io.headwater.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditLogTest {
    @ParameterizedTest
    @CsvSource({
        "alice,alice",
        "a.b-c_d@x.example,a.b-c_d@x.example",
        "Zoë,Zoë",
        "'alice status=204',alice%20status%3D204",
        "'a\nwho=b',a%0Awho%3Db",
        "'a\rb',a%0Db",
        "'a\u2028b',a%E2%80%A8b",
        "'a\"b%',a%22b%25"
    })
    void whoever_it_is_is_one_word(String name, String word) {
        assertThat(AuditLog.word(name)).isEqualTo(word);
    }
}
