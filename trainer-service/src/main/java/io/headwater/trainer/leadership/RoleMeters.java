package io.headwater.trainer.leadership;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/** A gauge for each role: 1 for the present one. */
@Singleton
class RoleMeters {
    void register(@Observes StartupEvent event, MeterRegistry meters, Standing standing) {
        Stream.of(Role.values()).forEach(role -> Gauge.builder(
                        "headwater.trainer.role", standing, trainer -> trainer.role() == role ? 1 : 0)
                .description("1 for the role that this trainer has")
                .tag("role", role.word())
                .register(meters));
    }
}
