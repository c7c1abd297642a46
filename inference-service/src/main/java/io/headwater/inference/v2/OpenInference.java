package io.headwater.inference.v2;

import io.headwater.inference.InferenceService;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.v2.infer.Admission;
import io.headwater.inference.v2.infer.InferPool;
import io.headwater.inference.v2.infer.InferSettings;
import io.headwater.inference.v2.model.Catalogue;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Opens the synchronous door with the service. What it offers is described in {@code META-INF/openapi.yaml}: a body goes from
 * the socket to ONNX Runtime without JAX-RS in between.
 */
@ApplicationScoped
class OpenInference {
    private final Routes routes;
    private final InferPool pool;

    OpenInference(
            InferenceService service,
            V2Config config,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.application.version") String release) {
        InferSettings settings = config.toSettings();
        Catalogue catalogue = new Catalogue(service.serving());
        Admission admission = new Admission(settings.maxRequests(), settings.maxBytes());
        this.pool = new InferPool(catalogue, settings, Pixels::new);
        this.routes = new Routes(catalogue, new InferDoor(settings, admission, pool, new V2Metrics(registry)), release);
    }

    void listen(@Observes Router router) {
        routes.addTo(router);
    }

    void stop(@Observes ShutdownEvent event) {
        pool.close();
    }
}
