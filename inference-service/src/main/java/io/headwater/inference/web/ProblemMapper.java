package io.headwater.inference.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error of the web front becomes problem+json. */
class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final String PROBLEM = "application/problem+json";

    @ServerExceptionMapper
    Response known(WebApplicationException e) {
        return problem(e.getResponse().getStatusInfo(), e.getMessage());
    }

    @ServerExceptionMapper
    Response unknown(RuntimeException e) {
        LOG.error("request failed", e);
        return problem(Response.Status.INTERNAL_SERVER_ERROR, "the service failed; its log says why");
    }

    private static Response problem(Response.StatusType status, String detail) {
        return Response.status(status.getStatusCode())
                .type(PROBLEM)
                .entity(new Problem(status.getReasonPhrase(), status.getStatusCode(), detail))
                .build();
    }
}
