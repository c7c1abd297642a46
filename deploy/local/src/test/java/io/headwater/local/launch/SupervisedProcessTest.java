package io.headwater.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedProcessTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMinutes(1));

    @TempDir
    Path directory;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private SupervisedProcess process;

    @AfterEach
    void stop() {
        timer.shutdownNow();
        process.retire(Duration.ofSeconds(5));
    }

    @Test
    void a_process_that_was_killed_by_somebody_comes_back() {
        // Given
        process = supervised("sleep 60");
        process.start();
        ProcessHandle first = process.handle().orElseThrow();

        // When
        first.destroyForcibly();

        // Then
        await().atMost(SOON)
                .until(() ->
                        process.handle().filter(now -> now.pid() != first.pid()).isPresent());
        await().atMost(SOON).until(() -> heard.contains("restarted"));
        assertThat(run().alive(Service.INGEST)).isEqualTo(process.handle());
    }

    @Test
    void a_process_that_always_dies_is_told_with_its_last_words_and_started_ever_later() {
        process = supervised("echo out of luck; exit 3");

        process.start();

        await().atMost(SOON)
                .until(() ->
                        heard.stream().filter(line -> line.startsWith("died")).count() >= 4);
        assertThat(heard.stream().filter(line -> line.startsWith("died")).limit(4))
                .containsExactly(
                        "died 3 [out of luck] PT0.05S",
                        "died 3 [out of luck] PT0.1S",
                        "died 3 [out of luck] PT0.2S",
                        "died 3 [out of luck] PT0.2S");
    }

    @Test
    void a_process_that_was_killed_on_purpose_stays_down_until_it_is_started() {
        // Given
        process = supervised("sleep 60");
        process.start();

        // When
        process.kill();

        // Then
        assertThat(process.handle()).isEmpty();
        assertThat(heard).isEmpty();
        assertThat(run().alive(Service.INGEST)).isEmpty();
        process.start();
        assertThat(process.handle()).isPresent();
    }

    @Test
    void a_process_that_does_not_listen_is_killed_in_bounded_time() {
        // Given
        process = supervised("trap '' TERM; while true; do sleep 1; done");
        process.start();
        ProcessHandle handle = process.handle().orElseThrow();

        // When
        process.stop(Duration.ofMillis(500));

        // Then
        assertThat(handle.isAlive()).isFalse();
    }

    @Test
    void nothing_starts_after_it_was_retired() {
        process = supervised("sleep 60");
        process.retire(Duration.ofSeconds(1));

        assertThatThrownBy(process::start).isInstanceOf(StartException.class);
    }

    private RunDirectory run() {
        return new RunDirectory(directory.resolve("run"));
    }

    private SupervisedProcess supervised(String script) {
        var listener = new ClusterListener() {
            @Override
            public void died(Service service, int exitCode, List<String> lastLines, Duration restartIn) {
                heard.add("died " + exitCode + " " + lastLines + " " + restartIn);
            }

            @Override
            public void restarted(Service service) {
                heard.add("restarted");
            }
        };
        return new SupervisedProcess(
                Service.INGEST,
                () -> new ProcessBuilder("/bin/sh", "-c", script),
                new LogFile(directory.resolve("logs/ingest.log")),
                run(),
                QUICK,
                timer,
                listener);
    }
}
