package io.headwater.ingest.problem;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** Ends connections of clients that do not play along. */
public final class Connections {
    private Connections() {}

    /**
     * Ends a connection now, with whatever was to be sent: Vert.x alone would send it first, and wait for a client that
     * does not read for ever.
     */
    public static void drop(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        if (connection instanceof ConnectionBase base) {
            Channel channel = base.channel();
            // Below Vert.x, whose handler would flush before it closes.
            channel.eventLoop().execute(() -> channel.unsafe().close(channel.newPromise()));
        } else {
            connection.close();
        }
    }
}
