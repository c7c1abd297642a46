package io.headwater.ingest.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "sea lion", "Löwenzahn", "蒲公英", "👩‍🌾", "50 % / \"x\""})
    void a_label_is_any_printable_text(String label) {
        assertThat(Label.of(label, null).name()).isEqualTo(label);
    }

    @Test
    void white_space_around_a_label_is_trimmed() {
        assertThat(Label.of(" \t\u3000daisy\n", null).name()).isEqualTo("daisy");
    }

    @Test
    void a_label_has_at_most_64_characters_and_an_emoji_is_one() {
        assertThat(Label.of("🌼".repeat(64), null).name()).hasSize(128);
        assertRefused("🌼".repeat(65), "65 characters; at most 64");
    }

    @Test
    void the_broken_rule_is_named() {
        assertRefused(null, "there is no label");
        assertRefused("", "is empty");
        assertRefused(" \u2003 ", "is empty");
        assertRefused("a\nb", "control character U+000A");
        assertRefused("a\u0085b", "control character U+0085");
        assertRefused("a\u2028b", "control character U+2028");
        assertRefused("a\ud800b", "not valid text: it contains U+D800");
        assertRefused("a\ufffdb", "not valid text: it contains U+FFFD");
    }

    @Test
    void who_says_nothing_is_anonymous() {
        assertThat(Label.of("daisy", null).annotator()).isEqualTo("anonymous");
        assertThat(Label.of("daisy", "  ").annotator()).isEqualTo("anonymous");
        assertThat(Label.of("daisy", " ada ").annotator()).isEqualTo("ada");
    }

    private static void assertRefused(String label, String rule) {
        assertThatThrownBy(() -> Label.of(label, null))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.kind()).isEqualTo(ProblemKind.INVALID_LABEL))
                .hasMessageContaining(rule);
    }
}
