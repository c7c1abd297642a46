package io.headwater.ingest.problem;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * What still comes of a body that nobody reads. A connection that is closed on unread data may lose the answer, so it is
 * thrown away, for ten seconds.
 */
public final class UnreadBody {
    private static final long PATIENCE_MILLIS = 10_000;

    private UnreadBody() {}

    /** Throws away the rest of a body, whoever read it until now; on the request's event loop. */
    public static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        long timer = context.vertx().setTimer(PATIENCE_MILLIS, expired -> Connections.drop(context));
        request.handler(discarded -> {});
        request.endHandler(end -> context.vertx().cancelTimer(timer));
        request.connection().closeHandler(closed -> context.vertx().cancelTimer(timer));
        request.resume();
    }
}
