package io.headwater.inference.security;

import io.headwater.security.Endpoints;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    @Test
    void every_endpoint_needs_a_role() {
        Endpoints.assertThatEachNeedsARole(Path.of("target/classes"));
    }
}
