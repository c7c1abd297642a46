package io.headwater.benchmarks.inference.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmMemoryTest {
    @Test
    void the_pools_of_the_heap_are_added_up_and_the_others_by_themselves() {
        String metrics =
                """
                # TYPE jvm_memory_used_bytes gauge
                jvm_memory_used_bytes{area="heap",id="Eden Space"} 1048576.0
                jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2.097152E6
                jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.0E9
                jvm_memory_committed_bytes{area="heap",id="Eden Space"} 4194304.0
                jvm_memory_committed_bytes{area="nonheap",id="Metaspace"} 5242880.0
                jvm_buffer_memory_used_bytes{id="direct"} 6291456.0
                jvm_buffer_memory_used_bytes{id="mapped"} 1.0E9
                """;

        assertThat(JvmMemory.parse(metrics)).isEqualTo(new JvmMemory(3, 4, 5, 6));
    }
}
