package io.headwater.security.access;

import io.headwater.security.AuthMode;
import io.headwater.security.SecurityConfig;
import io.headwater.security.keys.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ForbiddenException;
import java.util.Optional;

/** Who is calling, for an endpoint that must know. To be asked on the request's own thread. */
@ApplicationScoped
public class Caller {
    private final AuthMode mode;
    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;

    Caller(SecurityConfig config, SecurityIdentity identity, CurrentVertxRequest request) {
        this.mode = config.auth();
        this.identity = identity;
        this.request = request;
    }

    /** Whose key or token it is; empty where nobody is asked. */
    public Optional<String> name() {
        return mode == AuthMode.NONE
                ? Optional.empty()
                : Optional.of(identity.getPrincipal().getName());
    }

    /**
     * The name to record for something that somebody says.
     *
     * @param claimed who it is according to the request; may be null
     * @param what such as {@code annotator}
     * @return who it is: the caller if that is known, else whoever was claimed, which may be null
     * @throws ForbiddenException if the caller is known and claims to be somebody else
     */
    public String sign(String claimed, String what) {
        Optional<String> known = name();
        if (known.isEmpty() || claimed == null || claimed.isBlank() || claimed.equals(known.get())) {
            return known.orElse(claimed);
        }
        throw new ForbiddenException("the " + what + " is who sends the request; leave it out");
    }

    /**
     * For a request that may have labels with it, once it has: it is recorded, and must be allowed.
     *
     * @throws ForbiddenException if the caller may not label
     */
    public void labels() {
        RoutingContext context = request.getCurrent();
        if (context != null) {
            AuditLog.mark(context);
        }
        if (mode != AuthMode.NONE && !identity.hasRole(Role.LABEL.word())) {
            throw new ForbiddenException("a label needs the role label; send the image without it");
        }
    }
}
