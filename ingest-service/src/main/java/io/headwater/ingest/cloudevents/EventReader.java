package io.headwater.ingest.cloudevents;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;

/** Reads an event in binary mode (attributes in headers, data in the body) or in structured mode (JSON). */
@ApplicationScoped
class EventReader {
    EventReader() {
        // Found by name, it would depend on the class loader of whoever asks first.
        EventFormatProvider.getInstance().registerFormat(new JsonFormat());
    }

    /** @throws ProblemException (400) if it is no event */
    CloudEvent read(MultivaluedMap<String, String> headers, byte[] body) {
        try {
            return HttpMessageFactory.createReader(
                            each -> headers.forEach(
                                    (name, values) -> values.forEach(value -> each.accept(name, value))),
                            body)
                    .toEvent();
        } catch (RuntimeException e) {
            // Which one it is depends on what broke first, as with every reader.
            throw new ProblemException(
                    ProblemKind.MALFORMED_REQUEST,
                    "the request is no CloudEvent of version 1.0, in binary or structured mode: " + firstLine(e));
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
