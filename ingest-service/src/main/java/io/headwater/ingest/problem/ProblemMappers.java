package io.headwater.ingest.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a resource or the framework throws into a {@link Problem}. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response problem(ProblemException problem, UriInfo request) {
        Response response = Problem.of(problem.kind(), problem.getMessage(), request.getPath())
                .toResponse();
        problem.retryAfter().ifPresent(after -> response.getHeaders()
                .putSingle(HttpHeaders.RETRY_AFTER, Math.max(1, after.toSeconds())));
        return response;
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException refused, UriInfo request) {
        int status = refused.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(refused, request);
        }
        Problem problem = status == 400
                ? Problem.of(ProblemKind.MALFORMED_REQUEST, reason(refused), request.getPath())
                : Problem.ofStatus(status, refused.getMessage(), request.getPath());
        Response response = problem.toResponse();
        Object allow = refused.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        if (allow != null) {
            response.getHeaders().putSingle(HttpHeaders.ALLOW, allow);
        }
        return response;
    }

    /** Jackson's own mapper would answer with its findings about our classes. */
    @ServerExceptionMapper
    Response json(MismatchedInputException mismatch, UriInfo request) {
        return malformed(mismatch.getOriginalMessage(), request);
    }

    /** Only the reading of a request throws these. */
    @ServerExceptionMapper
    Response body(IOException broken, UriInfo request) {
        return malformed("the body ends early, or is not what its Content-Type says", request);
    }

    private static Response malformed(String detail, UriInfo request) {
        return Problem.of(ProblemKind.MALFORMED_REQUEST, detail, request.getPath())
                .toResponse();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure, UriInfo request) {
        LOG.errorf(failure, "request failed path=%s", request.getPath());
        return Problem.of(ProblemKind.INTERNAL, "an unexpected error happened; it was logged", request.getPath())
                .toResponse();
    }

    private static String reason(WebApplicationException refused) {
        Throwable cause = refused.getCause();
        if (cause == null || cause.getMessage() == null) {
            return refused.getMessage();
        }
        // Jackson's second line says where in our classes it was.
        return cause.getMessage().lines().findFirst().orElse(refused.getMessage());
    }
}
