package io.headwater.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    @Test
    void facts_come_in_the_order_in_which_they_were_given_after_those_of_the_machine() {
        StringWriter text = new StringWriter();

        Conditions.ofThisMachine()
                .with("threads", 1)
                .with("pictures", 300)
                .with("threads", 2)
                .print(new PrintWriter(text));

        assertThat(text.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .contains("cores " + Runtime.getRuntime().availableProcessors())
                .endsWith("threads 2", "pictures 300");
    }
}
