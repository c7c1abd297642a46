package io.headwater.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void children_of_a_killed_owner_are_found_and_stopped_the_services_before_kafka() throws IOException {
        // Given
        Process kafka = sleeper();
        Process trainer = sleeper();
        var before = new RunDirectory(directory);
        before.record(Service.KAFKA, kafka.toHandle());
        before.record(Service.TRAINER, trainer.toHandle());

        // When
        List<Service> stopped = new RunDirectory(directory).stopOrphans();

        // Then
        assertThat(stopped).containsExactly(Service.TRAINER, Service.KAFKA);
        assertThat(kafka.isAlive()).isFalse();
        assertThat(trainer.isAlive()).isFalse();
    }

    @Test
    void a_stranger_that_got_the_process_id_later_is_left_alone() throws IOException {
        // Given
        Process stranger = sleeper();
        var properties = new Properties();
        new ProcessRecord(stranger.pid(), Instant.now().minusSeconds(3600)).write(properties);
        try (var out = Files.newOutputStream(directory.resolve(Service.KAFKA.directory() + ".pid"))) {
            properties.store(out, null);
        }

        // When
        List<Service> stopped = new RunDirectory(directory).stopOrphans();

        // Then
        assertThat(stopped).isEmpty();
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void a_record_cut_off_by_a_crash_is_no_record() throws IOException {
        Files.writeString(directory.resolve(Service.KAFKA.directory() + ".pid"), "pid=12");

        assertThat(new RunDirectory(directory).alive(Service.KAFKA)).isEmpty();
    }

    @Test
    void the_lock_is_had_by_one_at_a_time() throws IOException {
        var run = new RunDirectory(directory);
        try (var lock = run.lock().orElseThrow()) {
            assertThat(lock.isOpen()).isTrue();
            assertThat(new RunDirectory(directory).lock()).isEmpty();
        }
        try (var again = run.lock().orElseThrow()) {
            assertThat(again.isOpen()).isTrue();
        }
    }

    @Test
    void the_ports_of_the_living_owner_are_known_to_others() {
        Ports ports = Ports.withOffset(1000);
        new RunDirectory(directory).recordOwner(ports);

        assertThat(new RunDirectory(directory).ports()).contains(ports);
    }

    private Process sleeper() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        started.add(process);
        return process;
    }
}
