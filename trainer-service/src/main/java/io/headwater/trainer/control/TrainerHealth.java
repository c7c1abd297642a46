package io.headwater.trainer.control;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Alive as long as a restart would not help; ready, as the leader or as a standby, when the
 * topics have been read and the examples stream is at work. */
final class TrainerHealth {

    @Produces
    @Singleton
    @Liveness
    HealthCheck alive(ControlPlane controlPlane) {
        return () -> HealthCheckResponse.named("control-plane")
                .status(!controlPlane.hasEnded())
                .build();
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck ready(ControlPlane controlPlane) {
        return () -> controlPlane
                .obstacle()
                .map(obstacle -> HealthCheckResponse.named("trainer")
                        .down()
                        .withData("role", controlPlane.role().word())
                        .withData("why", obstacle)
                        .build())
                .orElseGet(() -> HealthCheckResponse.named("trainer")
                        .up()
                        .withData("role", controlPlane.role().word())
                        .build());
    }
}
