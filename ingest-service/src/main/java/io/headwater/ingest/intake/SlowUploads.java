package io.headwater.ingest.intake;

import io.headwater.ingest.problem.ProblemKind;
import io.headwater.ingest.problem.ProblemRoutes;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Ends a request whose body has not come as a whole within {@code headwater.intake.upload-timeout}: 408, and the
 * connection is closed. A body that stops coming altogether ends earlier, by {@code quarkus.http.read-timeout}; so does
 * a batch, which has no other limit of time.
 */
@ApplicationScoped
public class SlowUploads {
    private static final int EARLY = 95;

    /** Vert.x does not say that a request has ended while it is paused, as Quarkus leaves those that are read. */
    private static final String ARRIVED = SlowUploads.class.getName() + ".arrived";

    private final CurrentVertxRequest current;
    private final long timeoutMillis;

    SlowUploads(IntakeConfig config, CurrentVertxRequest current) {
        this.current = current;
        this.timeoutMillis = config.uploadTimeout().toMillis();
        if (timeoutMillis < 1) {
            throw new IllegalArgumentException("headwater.intake.upload-timeout is " + config.uploadTimeout()
                    + ", but must be at least one millisecond");
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, EARLY);
    }

    /** To be run when the body of the current request has come: what follows is not its sender's time. */
    public Runnable arrival() {
        RoutingContext context = current.getCurrent();
        return () -> context.put(ARRIVED, true);
    }

    private void watch(RoutingContext context) {
        if (!UploadLimit.isBatch(context) && !context.request().isEnded()) {
            long timer = context.vertx().setTimer(timeoutMillis, expired -> end(context));
            context.addEndHandler(done -> context.vertx().cancelTimer(timer));
        }
        context.next();
    }

    private void end(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (request.isEnded() || context.get(ARRIVED) != null || response.ended()) {
            return;
        }
        if (response.headWritten()) {
            request.connection().close();
            return;
        }
        response.putHeader("Connection", "close");
        response.endHandler(sent -> request.connection().close());
        ProblemRoutes.send(
                context,
                ProblemKind.TOO_SLOW,
                "the body did not come within " + timeoutMillis + " ms (headwater.intake.upload-timeout)");
    }
}
