package io.headwater.ingest.fuzz.run;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All inputs that were worth keeping, once more. */
class CorpusTest {
    static Stream<Arguments> inputs() {
        return Arrays.stream(Targets.values()).flatMap(target -> target.corpus().entrySet().stream()
                .map(input -> Arguments.of(target, input.getKey(), input.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("inputs")
    void what_was_kept_breaks_nothing(Targets target, String name, byte[] input) throws Exception {
        Watch.take(target.make(), input);
    }
}
