package io.headwater.ingest.intake;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.headwater.ingest.problem.ProblemRoutes;
import io.headwater.ingest.problem.UnreadBody;
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
 * reading, never holding more than that. Batches have no length that would be too much: they are read as they come. A label
 * on its own has far less.
 */
@ApplicationScoped
public class UploadLimit {
    /** What the parts and boundaries of a form, or the other members of a JSON object, take beside the image. */
    private static final int OVERHEAD = 64 * 1024;
    /** A label has 64 characters and its annotator 128, in JSON with escapes and spaces if need be. */
    private static final int LABEL_BYTES = 64 * 1024;
    /** Before Quarkus' own check (order -2), whose answer has no body. */
    private static final int BEFORE_OWN_CHECK = 100;

    private static final int AFTER_OWN_CHECK = 1;
    private static final String OWN_LIMIT = "io.quarkus.max-request-size";
    private static final String CONTENT_LENGTH = "Content-Length";

    private final long maxBytes;

    UploadLimit(
            IntakeConfig config, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.maxBytes = config.maxBytes().asLongValue();
        if (maxBodySize.asLongValue() < maxBodyBytes()) {
            throw new IllegalStateException("quarkus.http.limits.max-body-size is " + maxBodySize.asLongValue()
                    + " bytes, but must be at least " + maxBodyBytes() + ", a third and 64 KiB more than"
                    + " headwater.intake.max-bytes (" + maxBytes
                    + "), since Base64 makes four bytes of three; raise it");
        }
    }

    private long maxBodyBytes() {
        return (maxBytes + 2) / 3 * 4 + OVERHEAD;
    }

    void register(@Observes Filters filters) {
        filters.register(this::checkDeclaredLength, BEFORE_OWN_CHECK);
        filters.register(UploadLimit::adjustOwnLimit, AFTER_OWN_CHECK);
    }

    /** Whether a request is read as it comes, however long that takes and however much it is. */
    static boolean isBatch(RoutingContext context) {
        return Target.of(context) == Target.BATCH;
    }

    private void checkDeclaredLength(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isBatch(context)) {
            // Quarkus would refuse what is too long for one image; without a declared length it only counts.
            request.headers().remove(CONTENT_LENGTH);
            context.next();
            return;
        }
        if (Target.of(context) == Target.LABEL) {
            if (declaredLength(request) <= LABEL_BYTES) {
                context.next();
            } else {
                refuse(context, "a label may have at most " + LABEL_BYTES + " bytes");
            }
            return;
        }
        if (declaredLength(request) <= (isBase64(request) ? maxBodyBytes() : maxBytes + OVERHEAD)) {
            context.next();
            return;
        }
        refuse(context, "an upload may have at most " + maxBytes + " bytes (headwater.intake.max-bytes)");
    }

    private static void refuse(RoutingContext context, String detail) {
        UnreadBody.discard(context);
        ProblemRoutes.send(context, ProblemKind.TOO_LARGE, detail);
    }

    private static void adjustOwnLimit(RoutingContext context) {
        switch (Target.of(context)) {
            case BATCH -> context.remove(OWN_LIMIT);
            // A body without a declared length is counted by Quarkus as it comes.
            case LABEL -> context.put(OWN_LIMIT, (long) LABEL_BYTES);
            case OTHER -> {}
        }
        context.next();
    }

    private static boolean isBase64(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && type.contains("json");
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Where the bytes of one image go. */
    public BoundedBytes bytes(long expected, InFlightBytes.Lease room) {
        return new BoundedBytes(maxBytes, expected, room);
    }

    /**
     * Reads a body.
     *
     * @param expected length, if it is known; else 0
     * @throws ProblemException (413) after the first byte too many; (503) if there is no room for it
     */
    byte[] read(InputStream body, long expected, InFlightBytes.Lease room) {
        try {
            return bytes(expected, room).readFrom(body).toBytes();
        } catch (IOException e) {
            throw new ProblemException(ProblemKind.MALFORMED_REQUEST, "the body ended early");
        }
    }

    /**
     * Reads a body that has an image in it, as it is or in Base64, and will be in memory beside that image for a while.
     *
     * @throws ProblemException (413) after the first byte too many; (503) if there is no room for both
     */
    public byte[] readDocument(InputStream body, InFlightBytes.Lease room) {
        try {
            byte[] document =
                    new BoundedBytes(maxBodyBytes(), 0, room).readFrom(body).toBytes();
            room.growTo(2L * document.length);
            return document;
        } catch (IOException e) {
            throw new ProblemException(ProblemKind.MALFORMED_REQUEST, "the body ended early");
        }
    }
}
