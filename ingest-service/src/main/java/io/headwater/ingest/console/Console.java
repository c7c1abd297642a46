package io.headwater.ingest.console;

import io.headwater.security.SecurityConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;

/**
 * What the console's page needs besides its files: where the services are, and leave to ask them. The files are static
 * resources, open to everybody: they know nothing.
 */
@ApplicationScoped
public class Console {
    /** After the headers that every answer has, one of which is replaced. */
    private static final int LATE = 10;

    private final String policy;
    private final String settings;

    Console(ConsoleConfig config, SecurityConfig security) {
        Origin inference = Origin.parse("headwater.console.inference", config.inference());
        Origin trainer = Origin.parse("headwater.console.trainer", config.trainer());
        this.policy =
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self' "
                        + inference.value() + " " + trainer.value()
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        this.settings = new JsonObject()
                .put("inference", inference.value())
                .put("trainer", trainer.value())
                .put("auth", security.auth().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .encode();
    }

    void register(@Observes Filters filters) {
        filters.register(this::restrict, LATE);
    }

    void register(@Observes Router router) {
        router.get("/console/config.json").handler(context -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(settings));
    }

    private void restrict(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.equals("/") || path.startsWith("/console/")) {
            MultiMap headers = context.response().headers();
            headers.set("Content-Security-Policy", policy);
            headers.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
            headers.set(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        context.next();
    }
}
