package io.headwater.security.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * What still comes of the body of a refused request. A connection that is closed on unread data may lose the answer, so it is
 * thrown away, for ten seconds.
 */
final class UnreadBody {
    private static final long PATIENCE_MILLIS = 10_000;

    private UnreadBody() {}

    /** On the request's event loop, once it is answered. */
    static void discard(RoutingContext context) {
        discard(context, PATIENCE_MILLIS);
    }

    static void discard(RoutingContext context, long patienceMillis) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        long timer = context.vertx()
                .setTimer(patienceMillis, expired -> request.connection().close());
        request.handler(discarded -> {});
        request.endHandler(end -> context.vertx().cancelTimer(timer));
        request.exceptionHandler(gone -> context.vertx().cancelTimer(timer));
        request.resume();
    }
}
