package io.headwater.security.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A line for each request that says what is on images or changes what is served, whatever became of it: who, from where,
 * what, and with which outcome. Never what the label was.
 */
final class AuditLog {
    private static final Logger LOG = Logger.getLogger("io.headwater.audit");
    private static final String MARK = "headwater.audited";
    private static final int LONGEST = 200;

    private AuditLog() {}

    /** Has a request recorded though its rule does not ask for it. */
    static void mark(RoutingContext context) {
        context.put(MARK, true);
    }

    /** Follows a request to its end. */
    static void follow(RoutingContext context) {
        context.addEndHandler(ended -> {
            Optional<Rule> rule = Access.rule(context);
            boolean marked = context.get(MARK, false);
            if (marked || rule.map(Rule::isAudited).orElse(false)) {
                write(context, rule, marked, ended.succeeded());
            }
        });
        context.next();
    }

    private static void write(RoutingContext context, Optional<Rule> rule, boolean marked, boolean answered) {
        int status = context.response().getStatusCode();
        SocketAddress address = context.request().remoteAddress();
        LOG.infof(
                "who=%s key=%s from=%s action=\"%s%s\" path=%s status=%d outcome=%s",
                who(context)
                        .map(identity -> word(identity.getPrincipal().getName()))
                        .orElse("anonymous"),
                who(context)
                        .map(identity -> identity.<String>getAttribute(BearerMechanism.KEY_ID))
                        .orElse("-"),
                address == null ? "-" : address.hostAddress(),
                rule.map(Rule::action).orElse("?"),
                marked ? " with labels" : "",
                path(context),
                status,
                answered ? outcome(status) : "unknown");
    }

    static Optional<SecurityIdentity> who(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                        && !user.getSecurityIdentity().isAnonymous()
                ? Optional.of(user.getSecurityIdentity())
                : Optional.empty();
    }

    private static String outcome(int status) {
        if (status < 400) {
            return "done";
        }
        return status < 500 ? "refused" : "failed";
    }

    /** One word, whatever a provider calls somebody: what could end it or the line is percent-encoded. */
    static String word(String name) {
        StringBuilder word = new StringBuilder();
        name.codePoints().limit(LONGEST).forEach(c -> {
            if (Character.isLetterOrDigit(c) || "-_.@+:/|".indexOf(c) >= 0) {
                word.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    word.append("%%%02X".formatted(b & 0xff));
                }
            }
        });
        return word.toString();
    }

    /** As it was sent, still encoded: so it has no line ends or quotes. */
    private static String path(RoutingContext context) {
        String path = context.request().path();
        return path.length() <= LONGEST ? path : path.substring(0, LONGEST) + "...";
    }
}
