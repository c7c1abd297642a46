package io.headwater.ingest.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyLedgerTest {
    private static final String SOME = "1".repeat(64);
    private static final String OTHER = "1".repeat(31) + "2".repeat(33);

    private final KeyLedger ledger = new KeyLedger(2);

    @Test
    void a_key_stands_for_the_bytes_that_came_first() {
        assertThat(ledger.allows("a", SOME)).isTrue();
        assertThat(ledger.claim("a", SOME)).isTrue();

        assertThat(ledger.claim("a", OTHER)).isFalse();
        assertThat(ledger.allows("a", OTHER)).isFalse();
        assertThat(ledger.claim("a", SOME)).isTrue();
    }

    @Test
    void asking_claims_nothing() {
        assertThat(ledger.allows("a", SOME)).isTrue();
        assertThat(ledger.claim("a", OTHER)).isTrue();
    }

    @Test
    void the_oldest_key_is_forgotten_when_it_is_full() {
        ledger.claim("a", SOME);
        ledger.claim("b", SOME);
        ledger.claim("c", SOME);

        assertThat(ledger.allows("b", OTHER)).isFalse();
        assertThat(ledger.allows("a", OTHER)).isTrue();
    }

    @Test
    void a_ledger_of_nothing_allows_everything() {
        KeyLedger none = new KeyLedger(0);

        assertThat(none.claim("a", SOME)).isTrue();
        assertThat(none.claim("a", OTHER)).isTrue();
    }

    @Test
    void a_negative_capacity_names_the_key() {
        assertThatThrownBy(() -> new KeyLedger(-1)).hasMessageContaining("headwater.intake.remembered-keys is -1");
    }
}
