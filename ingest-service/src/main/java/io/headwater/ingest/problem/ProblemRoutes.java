package io.headwater.ingest.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Problems that are found below JAX-RS. */
@ApplicationScoped
public class ProblemRoutes {
    void addFallback(@Observes Router router) {
        router.route().order(Integer.MAX_VALUE).handler(context -> {
            Problem problem = Problem.ofStatus(404, "there is nothing at this path", context.normalizedPath());
            send(context, problem);
        });
    }

    /** Ends a request with a problem. */
    public static void send(RoutingContext context, ProblemKind kind, String detail) {
        send(context, Problem.of(kind, detail, context.normalizedPath()));
    }

    private static void send(RoutingContext context, Problem problem) {
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE.toString())
                .end(problem.toJson());
    }
}
