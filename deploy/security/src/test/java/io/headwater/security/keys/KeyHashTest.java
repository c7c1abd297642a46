package io.headwater.security.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyHashTest {
    /** From the test suite of the reference implementation of Argon2: password "password", salt "somesalt". */
    private static final String KNOWN =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    @Test
    void it_is_argon2id_as_others_compute_it() {
        KeyHash hash = KeyHash.parse(KNOWN);

        assertThat(hash.isOf("password")).isTrue();
        assertThat(hash.isOf("passwore")).isFalse();
        assertThat(hash.text()).isEqualTo(KNOWN);
    }

    @Test
    void the_same_secret_has_another_hash_each_time() {
        KeyHash one = KeyHash.of("secret");
        KeyHash other = KeyHash.of("secret");

        assertThat(one).isNotEqualTo(other);
        assertThat(KeyHash.parse(one.text()).isOf("secret")).isTrue();
        assertThat(other.isOf("secret")).isTrue();
    }
}
