package io.headwater.security.access;

import io.headwater.security.AuthMode;
import io.headwater.security.SecurityConfig;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Holds every request to the table {@link Access}. */
@ApplicationScoped
public class AccessPolicy implements HttpSecurityPolicy {
    private static final CheckResult YES = new CheckResult(true);
    private static final CheckResult NO = new CheckResult(false);

    private final AuthMode mode;

    AccessPolicy(SecurityConfig config) {
        this.mode = config.auth();
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        if (mode == AuthMode.NONE) {
            return Uni.createFrom().item(YES);
        }
        Optional<Rule> rule = Access.rule(request);
        return identity.map(who -> rule.isPresent() && mayUse(rule.get(), who) ? YES : NO);
    }

    private static boolean mayUse(Rule rule, SecurityIdentity who) {
        return rule.isOpen() || !who.isAnonymous() && rule.roles().stream().anyMatch(role -> who.hasRole(role.word()));
    }
}
