package io.headwater.inference.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"dryRun": true}                                          | Nothing is chosen
                    {"letters": []}                                           | Nothing is chosen
                    {"reasonContains": "x", "dryrun": true}                   | "dryrun"
                    {"letters": [{"partition": 0}]}                           | offset
                    {"letters": [{"partition": 0, "offset": -1}]}             | 0 or more
                    {"letters": [null]}                                       | 0 or more
                    {"letters": {"partition": 0, "offset": 1}}                | not a replay
                    {"reasonContains": "x", "limit": 0}                       | limit is 0
                    {"reasonContains": "x", "limit": 1001}                    | limit is 1001
                    {"reasonContains": "x", "topic": "predictions.dlt"}       | 'predictions.dlt'
                    {"since": "yesterday"}                                    | not a replay
                    {"reasonContains": "x"} {}                                | not a replay
                    null                                                      | not a replay
                    not json                                                  | not a replay
                    """)
    void what_can_not_be_meant_is_refused_with_a_sentence(String json, String part) {
        assertThatThrownBy(() -> ReplayRequest.parse(json, "images.dlt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }

    @Test
    void more_letters_than_are_put_back_at_once_are_refused() {
        String letters = IntStream.rangeClosed(0, ReplayRequest.MOST)
                .mapToObj(i -> "{\"partition\": 0, \"offset\": " + i + "}")
                .collect(Collectors.joining(","));

        assertThatThrownBy(() -> ReplayRequest.parse("{\"letters\": [" + letters + "]}", "images.dlt"))
                .hasMessageContaining("There are 1001 letters");
    }

    @Test
    void letters_are_taken_once_each_in_the_order_in_which_they_died() {
        ReplayRequest request = ReplayRequest.parse(
                """
                {"topic": "images.dlt", "letters": [{"partition": 1, "offset": 2}, {"partition": 0, "offset": 9},
                 {"partition": 1, "offset": 2}, {"partition": 0, "offset": 3}]}""",
                "images.dlt");

        assertThat(request.chosen()).extracting(LetterId::toString).containsExactly("0/3", "0/9", "1/2");
        assertThat(request.isDryRun()).isFalse();
        assertThat(request.isAgain()).isFalse();
    }
}
