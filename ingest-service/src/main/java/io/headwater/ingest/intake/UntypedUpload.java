package io.headwater.ingest.intake;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** A body without a Content-Type is an image like any other; JAX-RS alone would take it for a form. */
@ApplicationScoped
public class UntypedUpload {
    private static final int EARLY = 90;

    void register(@Observes Filters filters) {
        filters.register(UntypedUpload::name, EARLY);
    }

    private static void name(RoutingContext context) {
        if (!context.request().headers().contains(HttpHeaders.CONTENT_TYPE)) {
            context.request().headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
        }
        context.next();
    }
}
