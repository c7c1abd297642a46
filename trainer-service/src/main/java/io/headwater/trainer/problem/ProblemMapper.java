package io.headwater.trainer.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes every error of the REST interface a {@link Problem}. */
final class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response badJson(JsonProcessingException failure) {
        return Problem.response(
                400, "Bad Request", "The body is not the JSON that is expected: " + failure.getOriginalMessage());
    }

    @ServerExceptionMapper
    Response status(WebApplicationException failure) {
        Response response = failure.getResponse();
        String title = response.getStatusInfo().getReasonPhrase();
        String detail = failure.getCause() instanceof JsonProcessingException json
                ? "The body is not the JSON that is expected: " + json.getOriginalMessage()
                : String.valueOf(failure.getMessage());
        return Problem.response(response.getStatus(), title, detail);
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException failure) {
        LOG.error("a request failed", failure);
        return Problem.response(500, "Internal Server Error", "The service failed; its log says why.");
    }
}
