package io.headwater.trainer.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.GateOutcome;
import io.headwater.events.GateVerdict;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.fixture.Versions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelCardTest {

    @Test
    void has_everything_that_is_known_of_the_version() {
        String card = ModelCard.of(Versions.of(List.of("ant", "bee")));

        assertThat(card)
                .startsWith("# Headwater image classifier, version 12\n")
                .contains(
                        "## Intended use",
                        "which of 2 classes a photograph shows: ant, bee",
                        "## Data",
                        "| ant | 50 | 2 | `" + "ef".repeat(32) + "` |",
                        "## Quality on the held-out photographs",
                        "| accuracy | 0.500 (0.150 to 0.850) |",
                        "| accuracy of guessing the commonest class | 0.250 |",
                        "## Confusion",
                        "| **ant** | 1 | 1 |",
                        "## Confidence",
                        "temperature of 1.200, chosen on 90 examples (out-of-fold)",
                        "## Beside the version that served",
                        "right on 2 where version 11 is wrong, and wrong on 1",
                        "p = 1.0000",
                        "-0.100 (-0.200 to 0.000)",
                        "## Gate",
                        "**Passed.** It is good\\.",
                        "## Lineage",
                        "| trigger | 50 new labels had come\\. |",
                        "| parent | version 11 |",
                        "| weights started | at the parent's |",
                        "| milliseconds | measuring 31 |",
                        "## Limits",
                        "Fewer than 20 photographs are held out of: ant, bee.")
                .doesNotContain("null");
    }

    @Test
    void what_is_not_there_is_said_not_to_be() {
        ModelPublished first = ModelPublished.newBuilder(Versions.of(List.of("ant", "bee")))
                .setParent(null)
                .setComparison(null)
                .setCalibration(null)
                .setGate(new GateVerdict(GateOutcome.INCONCLUSIVE, "Too few."))
                .build();

        assertThat(ModelCard.of(first))
                .contains(
                        "There was none that could be compared.",
                        "It is not calibrated",
                        "| parent | none |",
                        "**Inconclusive.** Too few\\.",
                        "its confidences are not to be taken for probabilities")
                .doesNotContain("null");
    }

    @Test
    void of_many_classes_only_the_confusions_are_listed() {
        List<String> labels = IntStream.range(0, 30).mapToObj(i -> "class" + i).toList();

        String card = ModelCard.of(Versions.of(labels));

        assertThat(card).contains("The 20 most frequent of the confusions", "| class0 | class1 | 1 |");
        assertThat(card.lines().filter(line -> line.matches("\\| class\\d+ \\| class\\d+ \\| 1 \\|")))
                .hasSize(20);
    }

    @Test
    void words_from_outside_mean_themselves() {
        assertThat(Markdown.text("<img src=x onerror=alert(1)>")).isEqualTo("\\<img src=x onerror=alert\\(1\\)\\>");
        assertThat(Markdown.text("a|b")).isEqualTo("a\\|b");
        assertThat(Markdown.text("[x](https://example.org)")).isEqualTo("\\[x\\]\\(https\\://example\\.org\\)");
        assertThat(Markdown.text("**bold** `code` \\ _it_")).isEqualTo("\\*\\*bold\\*\\* \\`code\\` \\\\ \\_it\\_");
        assertThat(Markdown.text(" a\n# b\r\n\tc\u0000")).isEqualTo("a \\# b   c ");
        assertThat(Markdown.text("blatt-grün 葉")).isEqualTo("blatt-grün 葉");
    }

    @Test
    void a_label_can_not_add_a_row_or_a_heading() {
        String card = ModelCard.of(Versions.of(List.of("ant", "x |\n# Heading\n| y <b>")));

        assertThat(card.lines().filter(line -> line.startsWith("# "))).hasSize(1);
        assertThat(card).contains("x \\| \\# Heading \\| y \\<b\\>").doesNotContain("<b>");
    }
}
