package io.headwater.security.access;

import static io.headwater.security.keys.Role.INGEST;
import static io.headwater.security.keys.Role.LABEL;
import static io.headwater.security.keys.Role.READ;
import static io.headwater.security.keys.Role.ROLLOUT;

import io.headwater.security.keys.Role;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table of all endpoints of all services and the roles that they ask for. What is not in it is open to nobody; a test of
 * each service holds it complete.
 */
public final class Access {
    private static final List<Rule> TABLE = List.of(
            // What orchestrators ask. They have no keys, and learn no more than whether it works.
            open("GET", "/q/health/**"),
            open("GET", "/v2/health/live"),
            open("GET", "/v2/health/ready"),

            // The console is a page like any other: what it shows, it asks for with a key.
            open("GET", "/"),
            open("GET", "/console/**"),

            // ingest-service
            rule("POST", "/images", INGEST),
            rule("POST", "/images:batch", INGEST),
            rule("POST", "/events", INGEST),
            audited("PUT", "/images/{}/label", LABEL),
            audited("DELETE", "/images/{}/label", LABEL),
            audited("POST", "/labels:batch", LABEL),

            // inference-service
            rule("GET", "/engine", READ),
            rule("GET", "/rollout", READ),
            rule("GET", "/predictions", READ),
            rule("GET", "/predictions/stream", READ),
            rule("GET", "/predictions/{}", READ),
            rule("GET", "/predictions/{}/thumbnail", READ, LABEL),
            rule("GET", "/dead-letters", READ),
            rule("GET", "/dead-letters/{}/{}", READ),
            rule("GET", "/dead-letters/{}/{}/bytes", READ),
            audited("POST", "/dead-letters/replay", ROLLOUT),
            rule("GET", "/v2/**", READ, INGEST),
            rule("POST", "/v2/models/{}/infer", INGEST),
            rule("POST", "/v2/models/{}/versions/{}/infer", INGEST),

            // trainer-service
            rule("GET", "/labels/queue", READ, LABEL),
            rule("GET", "/labels/suspects", READ, LABEL),
            rule("GET", "/examples", READ),
            rule("GET", "/examples/items", READ),
            rule("GET", "/examples/nearest", READ),
            rule("GET", "/models", READ),
            rule("GET", "/models/{}", READ),
            rule("GET", "/models/{}/model.onnx", READ),
            rule("GET", "/models/{}/card", READ),
            rule("GET", "/backbones", READ),
            rule("GET", "/drift", READ),
            rule("GET", "/quality", READ),
            rule("GET", "/quality/{}", READ),
            rule("GET", "/trainings", READ),
            rule("GET", "/trainings/{}", READ),
            audited("POST", "/trainings", ROLLOUT),
            audited("DELETE", "/trainings/{}", ROLLOUT),
            rule("GET", "/rollouts", READ, ROLLOUT),
            rule("GET", "/rollouts/history", READ, ROLLOUT),
            audited("POST", "/rollouts/rollback", ROLLOUT),
            audited("POST", "/rollouts/pause", ROLLOUT),
            audited("POST", "/rollouts/resume", ROLLOUT),
            audited("POST", "/rollouts/pin", ROLLOUT),
            audited("POST", "/rollouts/{}/promote", ROLLOUT),
            audited("POST", "/rollouts/{}/shadow", ROLLOUT),
            audited("POST", "/rollouts/{}/reject", ROLLOUT),
            audited("POST", "/rollouts/{}/canary", ROLLOUT),

            // Of every service: metrics; and what it can do, which is no secret, with the page where a key is typed in.
            rule("GET", "/q/metrics/**", READ),
            open("GET", "/q/openapi/**"),
            open("GET", "/q/swagger-ui/**"));

    private static final String RULE = "headwater.rule";

    private Access() {}

    /** The first rule that covers a request. */
    static Optional<Rule> rule(String method, String path) {
        // Some clients escape the colon, which JAX-RS takes for the same.
        String plain = path.replace("%3A", ":").replace("%3a", ":");
        for (Rule rule : TABLE) {
            if (rule.covers(method, plain)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** The rule of a request; found once. */
    static Optional<Rule> rule(RoutingContext request) {
        Optional<Rule> found = request.get(RULE);
        if (found == null) {
            found = rule(request.request().method().name(), request.normalizedPath());
            request.put(RULE, found);
        }
        return found;
    }

    /**
     * The roles one of which a request needs.
     *
     * @return empty if the table does not know it, so that nobody may; an empty set if everybody may
     */
    public static Optional<Set<Role>> roles(String method, String path) {
        return rule(method, path).map(Rule::roles);
    }

    private static Rule rule(String method, String template, Role... roles) {
        return Rule.of(method, template, Set.of(roles));
    }

    private static Rule open(String method, String template) {
        return Rule.of(method, template, Set.of());
    }

    private static Rule audited(String method, String template, Role... roles) {
        return Rule.of(method, template, Set.of(roles)).audited();
    }
}
