package io.headwater.ingest.intake;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.headwater.ingest.problem.ProblemRoutes;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Holds uploads to {@code headwater.intake.max-bytes}: by the declared length before a byte is read, else while
 * reading, never holding more than that.
 */
@ApplicationScoped
public class UploadLimit {
    /** What the parts and boundaries of a multipart request take beside the image. */
    private static final int MULTIPART_OVERHEAD = 64 * 1024;
    /** Before Quarkus' own check (order -2), whose answer has no body. */
    private static final int BEFORE_OWN_CHECK = 100;

    private static final long PATIENCE_MILLIS = 10_000;

    private final long maxBytes;

    UploadLimit(
            IntakeConfig config, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.maxBytes = config.maxBytes().asLongValue();
        if (maxBodySize.asLongValue() < maxBytes + MULTIPART_OVERHEAD) {
            throw new IllegalStateException("quarkus.http.limits.max-body-size is " + maxBodySize.asLongValue()
                    + " bytes, but must be at least 64 KiB more than headwater.intake.max-bytes (" + maxBytes
                    + "); raise it");
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::checkDeclaredLength, BEFORE_OWN_CHECK);
    }

    private void checkDeclaredLength(RoutingContext context) {
        if (declaredLength(context.request()) <= maxBytes + MULTIPART_OVERHEAD) {
            context.next();
            return;
        }
        // A connection that is closed on unread data may lose the answer, so what comes is thrown away, for a while.
        HttpServerRequest request = context.request();
        long timer = context.vertx()
                .setTimer(PATIENCE_MILLIS, expired -> request.connection().close());
        request.handler(discarded -> {});
        request.endHandler(end -> context.vertx().cancelTimer(timer));
        request.connection().closeHandler(closed -> context.vertx().cancelTimer(timer));
        request.resume();
        ProblemRoutes.send(context, ProblemKind.TOO_LARGE, tooLarge());
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Reads a body.
     *
     * @throws ProblemException (413) after the first byte too many
     */
    byte[] read(InputStream body) {
        try {
            byte[] content = body.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
            if (content.length > maxBytes) {
                throw new ProblemException(ProblemKind.TOO_LARGE, tooLarge());
            }
            return content;
        } catch (IOException e) {
            throw new ProblemException(ProblemKind.MALFORMED_REQUEST, "the body ended early");
        }
    }

    private String tooLarge() {
        return "an upload may have at most " + maxBytes + " bytes (headwater.intake.max-bytes)";
    }
}
