package io.headwater.security.access;

import io.headwater.security.quota.Quotas;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;

/** Holds each key to its quota; health is free. */
final class QuotaFilter implements Handler<RoutingContext> {
    private final Quotas quotas;

    QuotaFilter(Quotas quotas) {
        this.quotas = quotas;
    }

    @Override
    public void handle(RoutingContext context) {
        if (Access.rule(context).map(Rule::isOpen).orElse(false)) {
            context.next();
            return;
        }
        String whose = AuditLog.who(context).map(QuotaFilter::account).orElse("");
        long declared = declared(context.request());
        Quotas.Answer answer = quotas.take(whose, declared);
        context.response().putHeader("RateLimit-Policy", quotas.policy());
        context.response().putHeader("RateLimit", answer.limits());
        if (answer.isOver()) {
            Refusal.OVER_QUOTA.send(context, OptionalLong.of(answer.secondsToWait()));
            return;
        }
        context.addEndHandler(
                ended -> quotas.charge(whose, Math.max(0, context.request().bytesRead() - declared)));
        context.next();
    }

    /** A key, or whoever a token is of. */
    private static String account(SecurityIdentity identity) {
        String key = identity.getAttribute(BearerMechanism.KEY_ID);
        return key == null ? "user " + identity.getPrincipal().getName() : "key " + key;
    }

    private static long declared(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Math.max(0, Long.parseLong(length));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
