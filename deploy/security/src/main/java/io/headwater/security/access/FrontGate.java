package io.headwater.security.access;

import io.headwater.security.AuthMode;
import io.headwater.security.Listeners;
import io.headwater.security.SecurityConfig;
import io.headwater.security.quota.Quotas;
import io.quarkus.security.ForbiddenException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.Config;

/** Puts everything before the first endpoint, or stops the service before it listens. */
@ApplicationScoped
public class FrontGate {
    private static final int FIRST = SecurityHandlerPriorities.CORS + 200;
    private static final int SECOND = FIRST - 10;
    private static final int BEFORE_CORS = SecurityHandlerPriorities.CORS + 100;
    private static final int AFTER_AUTHORIZATION = SecurityHandlerPriorities.AUTHORIZATION - 5;

    private final SecurityConfig security;
    private final Config config;
    private final KeyDesk keys;

    FrontGate(SecurityConfig security, Config config, KeyDesk keys) {
        this.security = security;
        this.config = config;
        this.keys = keys;
    }

    void register(@Observes Filters filters) {
        Listeners.of(config).objection(security.auth()).ifPresent(objection -> {
            throw new IllegalStateException(objection);
        });
        if (security.auth() == AuthMode.API_KEY) {
            keys.open();
        }
        filters.register(SecurityHeaders::add, FIRST);
        filters.register(AuditLog::follow, SECOND);
        filters.register(pages(), BEFORE_CORS);
        Quotas.of(security.quota()).ifPresent(quotas -> filters.register(new QuotaFilter(quotas), AFTER_AUTHORIZATION));
    }

    private Pages pages() {
        return new Pages(
                config.getOptionalValue("quarkus.http.cors.enabled", Boolean.class)
                        .orElse(false),
                security.auth() == AuthMode.NONE,
                config.getValue("quarkus.http.host", String.class));
    }

    void register(@Observes Router router) {
        // Before those of JAX-RS, which knows nothing of a request that never came to it.
        router.route().order(Integer.MIN_VALUE).failureHandler(FrontGate::explain);
    }

    private static void explain(RoutingContext context) {
        if (!(context.failure() instanceof ForbiddenException)) {
            context.next();
            return;
        }
        (Access.rule(context).isPresent() ? Refusal.NOT_ALLOWED : Refusal.UNKNOWN_PATH).send(context);
    }
}
