package io.headwater.trainer.leadership;

import io.headwater.trainer.problem.Problem;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Answers for a trainer that doesn't lead. */
@Provider
@LeaderOnly
public class LeaderOnlyFilter implements ContainerRequestFilter {
    // Looked up late: filters are made while the service is built, before it has its configuration.
    private final Instance<Standing> standing;

    LeaderOnlyFilter(Instance<Standing> standing) {
        this.standing = standing;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        refusal(standing.get()).ifPresent(request::abortWith);
    }

    /** What a trainer answers that is not ready to lead; empty if it is. */
    static Optional<Response> refusal(Standing standing) {
        Role role = standing.role();
        Optional<String> obstacle = standing.obstacle();
        if (role == Role.LEADER && obstacle.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> members = new HashMap<>();
        members.put("role", role.word());
        if (role != Role.STANDBY) {
            return Optional.of(Problem.notReady(obstacle.orElse("It is about to lead."), members));
        }
        standing.leader().ifPresent(address -> members.put("leader", address));
        return Optional.of(Problem.notReady(
                "This trainer is a standby. "
                        + standing.leader()
                                .map(address -> "Ask the leader at " + address + ".")
                                .orElse("Nobody is known to lead at the moment; one is chosen in a few seconds."),
                members));
    }
}
