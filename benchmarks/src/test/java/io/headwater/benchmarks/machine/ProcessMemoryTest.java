package io.headwater.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
    private static final String STATUS =
            "Name:\tjava\nVmHWM:\t  409600 kB\nVmRSS:\t  307200 kB\nRssAnon:\t  256000 kB\n";

    @Test
    void the_kernels_kilobytes_become_mebibytes() {
        assertThat(ProcessMemory.parse(STATUS)).isEqualTo(new ProcessMemory(300, 250, 400));
    }

    @Test
    void a_process_that_has_ended_has_no_memory_to_tell_of() {
        assertThatThrownBy(() -> ProcessMemory.parse("Name:\tjava\nState:\tZ (zombie)\n"))
                .hasMessageContaining("VmRSS");
    }
}
