package io.headwater.ingest.fuzz.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dfuzz.seconds=60} for a minute of each target; {@link Fuzz} for hours. */
class FuzzingTest {
    private static final Logger LOG = Logger.getLogger(FuzzingTest.class);
    private static final Duration EACH = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 5));
    /** More than there are processors: what counts is that each runs for a while, not that it runs fast. */
    private static final int AT_ONCE = 4;

    private static final Path JAZZER = Path.of("target", "jazzer");
    private static final Path FOUND = Path.of("target", "fuzz-findings");

    /** Always the same: a build must not break by what nobody has changed. {@link Fuzz} makes up something new. */
    private static final int SEED = 1;

    private static final int LONGEST_TRACE = 4000;

    @TempDir
    Path directory;

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC, OS.WINDOWS})
    void nothing_that_a_fuzzer_makes_up_breaks_a_parser() throws Exception {
        List<FuzzRun> runs = Arrays.stream(Targets.values())
                .map(target -> new FuzzRun(target, directory, JAZZER, 1, SEED))
                .toList();

        List<FuzzRun.Numbers> ends = Fuzz.all(runs, AT_ONCE, EACH, numbers -> {});

        for (FuzzRun.Numbers end : ends) {
            LOG.infof("%s", end);
            keep(end);
        }
        assertThat(ends).allSatisfy(end -> assertThat(end.good())
                .as("%s%nThe input is in %s, its trace:%n%s", end, FOUND, trace(end))
                .isTrue());
    }

    private static void keep(FuzzRun.Numbers end) throws Exception {
        Files.createDirectories(FOUND);
        for (Path finding : end.findings()) {
            Files.write(
                    FOUND.resolve(end.target().lowerCase() + "-" + finding.getFileName()), Files.readAllBytes(finding));
        }
    }

    private String trace(FuzzRun.Numbers end) throws Exception {
        String log =
                Files.readString(directory.resolve(end.target().lowerCase()).resolve("log"));
        int found = log.indexOf("== Java Exception");
        int from = found < 0 ? Math.max(0, log.length() - LONGEST_TRACE) : found;
        return log.substring(from, Math.min(log.length(), from + LONGEST_TRACE));
    }
}
