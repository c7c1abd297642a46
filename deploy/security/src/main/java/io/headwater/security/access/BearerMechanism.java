package io.headwater.security.access;

import io.headwater.security.AuthMode;
import io.headwater.security.SecurityConfig;
import io.headwater.security.keys.ApiKey;
import io.headwater.security.keys.Role;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AnonymousAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * From the Authorization header to an identity, by keys of our own or by Quarkus' OpenID Connect. Whoever can't be known is
 * nobody; whether nobody may is for the {@link AccessPolicy} to say, so health can be asked with an old key too.
 */
@ApplicationScoped
public class BearerMechanism implements HttpAuthenticationMechanism {
    /** Attribute of an identity: which key it is. */
    static final String KEY_ID = "headwater.key";

    private static final Logger LOG = Logger.getLogger(BearerMechanism.class);
    private static final String REFUSAL = "headwater.refusal";
    private static final String SCHEME = "Bearer ";
    private static final int BEFORE_OTHERS = DEFAULT_PRIORITY + 1_000;

    private final AuthMode mode;
    private final KeyDesk keys;
    private final OidcAuthenticationMechanism oidc;

    BearerMechanism(SecurityConfig config, KeyDesk keys, OidcAuthenticationMechanism oidc) {
        this.mode = config.auth();
        this.keys = keys;
        this.oidc = oidc;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        Uni<SecurityIdentity> nobody =
                Uni.createFrom().deferred(() -> providers.authenticate(AnonymousAuthenticationRequest.INSTANCE));
        return switch (mode) {
            case NONE -> nobody;
            case API_KEY -> byKey(context, nobody);
            case OIDC -> byToken(context, providers, nobody);
        };
    }

    private Uni<SecurityIdentity> byKey(RoutingContext context, Uni<SecurityIdentity> nobody) {
        Optional<String> sent = bearer(context);
        if (sent.isEmpty()) {
            return nobody;
        }
        return keys.find(sent.get())
                .chain(key -> key.map(known -> Uni.createFrom().item(identity(known)))
                        .orElseGet(() -> refuse(context, Refusal.BAD_CREDENTIALS, nobody)))
                .onFailure(KeyDesk.CrowdedException.class)
                .recoverWithUni(() -> refuse(context, Refusal.TOO_MANY_UNPROVED, nobody));
    }

    private Uni<SecurityIdentity> byToken(
            RoutingContext context, IdentityProviderManager providers, Uni<SecurityIdentity> nobody) {
        return Uni.createFrom()
                .deferred(() -> oidc.authenticate(context, providers))
                .onItem()
                .ifNull()
                .switchTo(nobody)
                .onFailure(AuthenticationFailedException.class)
                .recoverWithUni(() -> refuse(context, Refusal.BAD_CREDENTIALS, nobody))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("a token could not be checked reason=%s", failure);
                    return refuse(context, Refusal.PROVIDER_AWAY, nobody);
                });
    }

    private static SecurityIdentity identity(ApiKey key) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.name()))
                .addRoles(key.roles().stream().map(Role::word).collect(Collectors.toSet()))
                .addAttribute(KEY_ID, key.id())
                .build();
    }

    private Uni<SecurityIdentity> refuse(RoutingContext context, Refusal refusal, Uni<SecurityIdentity> nobody) {
        context.put(REFUSAL, refusal);
        // Quarkus' own mechanism left its name there, and would answer without a body.
        context.put(HttpAuthenticationMechanism.class.getName(), this);
        return nobody;
    }

    private static Optional<String> bearer(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Refusal refusal = context.get(REFUSAL);
        Objects.requireNonNullElse(refusal, Refusal.NO_CREDENTIALS).send(context);
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public int getPriority() {
        return BEFORE_OTHERS;
    }
}
