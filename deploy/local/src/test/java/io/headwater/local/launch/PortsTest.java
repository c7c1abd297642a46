package io.headwater.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void the_defaults_are_those_of_the_design() {
        assertThat(Ports.withOffset(0)).isEqualTo(new Ports(9092, 8080, 8081, 8082));
    }

    @Test
    void an_offset_shifts_all_of_them() {
        assertThat(Ports.withOffset(100)).isEqualTo(new Ports(9192, 8180, 8181, 8182));
    }

    @Test
    void an_offset_beyond_the_last_port_is_refused() {
        assertThatThrownBy(() -> Ports.withOffset(60_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--offset 60000");
    }

    @Test
    void a_taken_port_is_named_with_its_service_and_the_remedy() throws IOException {
        Ports free = Ports.free();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = new Ports(free.kafka(), free.ingest(), free.inference(), taken.getLocalPort());

            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("trainer " + taken.getLocalPort())
                    .hasMessageContaining("--offset");
        }
    }
}
