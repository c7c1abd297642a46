package io.headwater.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void resident_memory_is_what_the_kernel_says_in_bytes(@TempDir Path directory) throws Exception {
        Path status = Files.writeString(directory.resolve("status"), "Name:\tjava\nVmRSS:\t  2048 kB\nThreads:\t3\n");
        new ProcessMemory(status).bindTo(meters);

        assertThat(meters.get("process.memory.resident").gauge().value()).isEqualTo(2 * 1024 * 1024);
    }

    @Test
    void where_the_kernel_does_not_say_the_resident_memory_is_no_number(@TempDir Path directory) {
        new ProcessMemory(directory.resolve("missing")).bindTo(meters);

        assertThat(meters.get("process.memory.resident").gauge().value()).isNaN();
    }

    @Test
    void a_stage_has_buckets_and_a_training_has_none() {
        meters.config().meterFilter(new Buckets());
        Timer stage = meters.timer("headwater.inference.stage");
        Timer training = meters.timer("headwater.training.duration");
        stage.record(Duration.ofMillis(7));

        assertThat(stage.takeSnapshot().histogramCounts())
                .filteredOn(bucket -> bucket.count() == 1)
                .extracting(CountAtBucket::bucket)
                .hasSize(10)
                .startsWith(10_000_000.0);
        assertThat(training.takeSnapshot().histogramCounts()).isEmpty();
    }

    @Test
    void kafkas_meters_are_those_of_the_list_and_others_are_let_through() {
        meters.config().meterFilter(new KafkaMeters());
        meters.counter("kafka.producer.record.send.total").increment();
        meters.counter("kafka.producer.metadata.age").increment();
        meters.counter("jvm.something").increment();

        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactlyInAnyOrder("kafka.producer.record.send.total", "jvm.something");
    }

    @Test
    void the_names_of_the_table_are_forms_of_one_name() throws Exception {
        assertThat(MetricsTable.misspelt(Path.of("..", "..", "docs", "metrics.md")))
                .isEmpty();
        assertThat(MetricsTable.documented(Path.of("..", "..", "docs", "metrics.md"), "ingest"))
                .contains("process_memory_resident_bytes gauge");
    }
}
