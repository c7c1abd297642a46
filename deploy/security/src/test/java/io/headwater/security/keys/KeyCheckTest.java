package io.headwater.security.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCheckTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    Path directory;

    private KeyFile file;
    private NewKey key;
    private Keyring keyring;
    private KeyCheck check;

    @BeforeEach
    void check() {
        file = new KeyFile(directory.resolve("keys"));
        key = file.add("camera-3", Set.of(Role.INGEST), NOW);
        keyring = file.keyring();
        check = new KeyCheck(() -> keyring, 10, Duration.ofMinutes(5), nanos::get);
    }

    @Test
    void a_good_key_is_proved_once_and_then_known_for_a_while() {
        assertThat(check.recall(key.text())).isEmpty();
        assertThat(check.prove(key.text())).contains(key.key());
        assertThat(check.recall(key.text())).contains(key.key());

        for (int i = 0; i < 3; i++) {
            nanos.addAndGet(Duration.ofMinutes(4).toNanos());
            assertThat(check.recall(key.text())).as("used all the time").contains(key.key());
        }
        nanos.addAndGet(Duration.ofMinutes(5).plusNanos(1).toNanos());

        assertThat(check.recall(key.text())).isEmpty();
    }

    @Test
    void a_revoked_key_is_not_known_any_more_though_it_was_just_proved() {
        check.prove(key.text());

        file.revoke("camera-3");
        keyring = file.keyring();

        assertThat(check.recall(key.text())).isEmpty();
        assertThat(check.prove(key.text())).isEmpty();
    }

    @Test
    void a_key_whose_roles_were_changed_is_not_known_with_the_old_ones() {
        check.prove(key.text());
        ApiKey less = new ApiKey(
                key.key().id(), "camera-3", Set.of(Role.READ), NOW, key.key().hash());

        keyring = new Keyring(List.of(less));

        assertThat(check.recall(key.text())).isEmpty();
        assertThat(check.prove(key.text())).contains(less);
    }

    @Test
    void an_id_that_somebody_has_is_told_from_others() {
        String secret = KeyToken.random().secret();

        assertThat(check.isOfSomebody(new KeyToken(key.key().id(), secret).text()))
                .isTrue();
        assertThat(check.isOfSomebody(new KeyToken("00000000", secret).text())).isFalse();
        assertThat(check.isOfSomebody("no key")).isFalse();
    }

    @Test
    void one_wrong_letter_is_another_key() {
        String text = key.text();
        char last = text.charAt(text.length() - 2);
        String wrong =
                text.substring(0, text.length() - 2) + (last == 'A' ? 'B' : 'A') + text.charAt(text.length() - 1);

        assertThat(check.prove(wrong)).isEmpty();
        assertThat(check.recall(wrong)).isEmpty();
    }

    @Test
    void a_key_that_nobody_has_costs_as_much_as_one_with_a_wrong_secret() {
        String secret = KeyToken.random().secret();
        String unknown = new KeyToken("00000000", secret).text();
        String wrong = new KeyToken(key.key().id(), secret).text();
        check.prove(unknown);
        check.prove(wrong);

        double ratio = (double) fastest(unknown) / fastest(wrong);

        assertThat(ratio).isBetween(0.5, 2.0);
    }

    /** The fastest of some: what a busy machine adds to a time is never less than nothing. */
    private long fastest(String text) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 7; i++) {
            long start = System.nanoTime();
            assertThat(check.prove(text)).isEmpty();
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return fastest;
    }

    @Test
    void what_has_not_the_form_of_a_key_is_none() {
        for (String text :
                List.of("", "hw_", "hw_0123abcd_", "Bearer " + key.text(), key.text() + "A", "eyJhbGciOi.J.x")) {
            assertThat(check.isKey(text)).as(text).isFalse();
            assertThat(check.prove(text)).as(text).isEmpty();
        }
    }

    @Test
    void no_more_proved_keys_are_remembered_than_it_was_told() {
        check = new KeyCheck(() -> keyring, 0, Duration.ofMinutes(5), nanos::get);

        check.prove(key.text());

        assertThat(check.recall(key.text())).isEmpty();
    }
}
