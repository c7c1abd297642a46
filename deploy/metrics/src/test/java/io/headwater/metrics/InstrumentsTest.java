package io.headwater.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds alerts, boards and runbooks to each other and to docs/metrics.md. */
class InstrumentsTest {
    private static final Path TABLE = Path.of("..", "..", "docs", "metrics.md");
    private static final Path RUNBOOKS = Path.of("..", "..", "docs", "runbooks");
    private static final Path PROMETHEUS = Path.of("..", "prometheus");
    private static final Path BOARDS = Path.of("..", "grafana", "dashboards");
    private static final Pattern OWN = Pattern.compile("\\b(?:headwater|process_memory|kafka)_[a-z0-9_]+");

    @Test
    void each_alert_has_a_runbook_and_each_runbook_an_alert() throws IOException {
        String rules = Files.readString(PROMETHEUS.resolve("alerts.yml"));
        Set<String> alerts = all(Pattern.compile("alert: (\\w+)"), rules);
        Set<String> named = all(Pattern.compile("runbook: docs/runbooks/(\\w+)\\.md"), rules);
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            Set<String> runbooks = files.map(
                            file -> file.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README"))
                    .collect(Collectors.toSet());

            assertThat(alerts).isNotEmpty().isEqualTo(named).isEqualTo(runbooks);
        }
        assertThat(all(
                        Pattern.compile("^\\| \\[(\\w+)\\]", Pattern.MULTILINE),
                        Files.readString(RUNBOOKS.resolve("README.md"))))
                .isEqualTo(alerts);
    }

    @Test
    void alerts_and_boards_ask_for_what_the_services_give() throws IOException {
        String asked = Files.readString(PROMETHEUS.resolve("alerts.yml"));
        try (Stream<Path> boards = Files.list(BOARDS)) {
            for (Path board : boards.toList()) {
                asked += Files.readString(board);
            }
        }
        Set<String> names = OWN.matcher(asked).results().map(MatchResult::group).collect(Collectors.toSet());

        assertThat(names).hasSizeGreaterThan(30).allSatisfy(name -> assertThat(MetricsTable.names(TABLE))
                .as(name)
                .contains(name.replaceFirst("_(bucket|count|sum|max)$", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check rules alerts.yml", "test rules alerts-test.yml"})
    void promtool_finds_nothing_wrong(String command) throws Exception {
        Process promtool;
        try {
            promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(command.split(" ")))
                            .toList())
                    .directory(PROMETHEUS.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "promtool is not installed: " + e.getMessage());
            throw e;
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(said).isZero();
    }

    private static Set<String> all(Pattern pattern, String text) {
        List<String> found =
                pattern.matcher(text).results().map(match -> match.group(1)).toList();
        return new TreeSet<>(found);
    }
}
