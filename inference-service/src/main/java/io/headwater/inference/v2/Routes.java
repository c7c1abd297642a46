package io.headwater.inference.v2;

import io.headwater.inference.v2.model.Catalogue;
import io.headwater.inference.v2.protocol.ProtocolException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The paths of the protocol. Errors are the protocol's own, not those of the service's other doors. */
final class Routes {
    private final Catalogue catalogue;
    private final InferDoor door;
    private final String release;

    /**
     * @param release of this server
     */
    Routes(Catalogue catalogue, InferDoor door, String release) {
        this.catalogue = catalogue;
        this.door = door;
        this.release = release;
    }

    void addTo(Router router) {
        router.route("/v2").handler(this::handle);
        router.route("/v2/*").handler(this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        try {
            Target target = Target.of(context.normalizedPath());
            if (!request.method().name().equals(target.kind().method())) {
                request.response().putHeader("Allow", target.kind().method());
                throw new ProtocolException(
                        405,
                        "this path takes " + target.kind().method() + ", not "
                                + request.method().name());
            }
            if (target.kind() == Target.Kind.INFER) {
                new Exchange(door, request, target.version(), context.vertx()).begin();
            } else {
                tell(target, request.response());
            }
        } catch (ProtocolException e) {
            Replies.refuse(request.response(), e);
        }
    }

    private void tell(Target target, HttpServerResponse response) throws ProtocolException {
        Optional<String> version = target.version();
        switch (target.kind()) {
            case SERVER ->
                Replies.send(
                        response,
                        200,
                        Map.of(
                                "name",
                                Catalogue.NAME,
                                "version",
                                release,
                                "extensions",
                                List.of("binary_tensor_data", "classification")));
            case LIVE -> Replies.send(response, 200, Map.of("live", true));
            case READY -> {
                boolean ready = catalogue.isReady();
                Replies.send(response, ready ? 200 : 503, Map.of("live", true, "ready", ready));
            }
            case MODEL -> Replies.send(response, 200, catalogue.metadata(version));
            case MODEL_READY -> {
                boolean ready = catalogue.isReady(version);
                Replies.send(response, ready ? 200 : 503, Map.of("name", Catalogue.NAME, "ready", ready));
            }
            case INFER -> throw new IllegalStateException("requests for inference are exchanges");
        }
    }
}
