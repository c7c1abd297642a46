package io.headwater.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.local.demo.Demo;
import io.headwater.local.launch.ClusterListener;
import io.headwater.local.launch.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./headwater demo}, with its own broker and services: what the README says of it. */
class DemoTest {
    private static final Path DIRECTORY = Path.of(System.getProperty("headwater.e2e.directory", "target/e2e"));

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void the_story_goes_to_its_end_and_a_bad_version_is_stopped_and_taken_back_with_the_numbers() throws Exception {
        StringWriter told = new StringWriter();

        // The native libraries of PyTorch are unpacked once for all tests.
        new Demo(
                        new Home(DIRECTORY.resolve("demo"), DIRECTORY.resolve("cache")),
                        7,
                        new PrintWriter(told, true),
                        ClusterListener.SILENT)
                .run();

        assertThat(told.toString())
                .containsPattern(
                        "v\\d+ was stopped\\. GET /rollouts says why:\n.*Version \\d+ is rejected\\. Beside version"
                                + " \\d+ on \\d+ labelled images: right on \\d+ where that is wrong, wrong on \\d+ where that is"
                                + " right: significantly worse \\(evidence")
                .containsPattern("v\\d+ was taken back by itself, \\d+\\.\\d s later")
                .containsPattern("demo +Version \\d+ is stable\\. It knows more labels than any other")
                .containsPattern("trainer +Version \\d+ is rolled back, version \\d+ is stable again\\. Beside version"
                        + " \\d+ on \\d+ labelled images: .*significantly worse \\(evidence")
                .containsPattern("v\\d+ +rolled back")
                .contains("Done. Stopping everything.");
    }
}
