package io.headwater.ingest.intake;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** The front door for images. */
@Path("/images")
@Tag(name = "images")
@APIResponse(responseCode = "202", description = "The image, and its label, are on all in-sync replicas")
@APIResponse(responseCode = "400", description = "No body, or an id, label, source or annotator that breaks a rule")
@APIResponse(responseCode = "413", description = "Too many bytes or pixels")
@APIResponse(responseCode = "415", description = "Not a JPEG, PNG or WebP, judged by content")
@APIResponse(responseCode = "422", description = "Truncated or damaged")
@APIResponse(
        responseCode = "503",
        description = "Kafka is away or all decoders are taken; Retry-After says when to retry")
public class ImageResource {
    private static final String KEY = "Idempotency-Key";

    private final Intake intake;
    private final UploadLimit limit;

    ImageResource(Intake intake, UploadLimit limit) {
        this.intake = intake;
        this.limit = limit;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Blocking
    @Operation(
            summary = "Upload an image",
            description = "The body is a JPEG, PNG or WebP; its Content-Type is not trusted. Without an Idempotency-Key"
                    + " the id is derived from the bytes, so the same picture is the same image.")
    public Uni<RestResponse<Accepted>> post(
            @RestHeader(KEY) @Parameter(description = "The image's id: 1 to 128 of A-Z a-z 0-9 . _ ~ -") String id,
            @RestQuery String source,
            @RestQuery String label,
            @RestQuery String annotator,
            InputStream body) {
        return answer(() -> Upload.of(limit.read(body), id, source, label, annotator));
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Blocking
    @Operation(
            summary = "Upload an image as a form",
            description =
                    "The file part is 'image'; 'label', 'source' and 'annotator' may be parts or query parameters.")
    public Uni<RestResponse<Accepted>> postForm(
            @RestHeader(KEY) String id,
            @RestForm("image") FileUpload image,
            @RestForm("source") String sourcePart,
            @RestForm("label") String labelPart,
            @RestForm("annotator") String annotatorPart,
            @RestQuery String source,
            @RestQuery String label,
            @RestQuery String annotator) {
        return answer(() -> Upload.of(
                read(image),
                id,
                sourcePart == null ? source : sourcePart,
                labelPart == null ? label : labelPart,
                annotatorPart == null ? annotator : annotatorPart));
    }

    private byte[] read(FileUpload image) {
        if (image == null) {
            throw new ProblemException(
                    ProblemKind.MALFORMED_REQUEST, "the form has no file part 'image' (with a filename)");
        }
        try (InputStream content = Files.newInputStream(image.uploadedFile())) {
            return limit.read(content);
        } catch (IOException e) {
            throw new UncheckedIOException("the uploaded part could not be read", e);
        }
    }

    private Uni<RestResponse<Accepted>> answer(Supplier<Upload> upload) {
        // A header, not a URI: JAX-RS would make it absolute, with a host that a proxy may not know.
        return intake.accept(upload)
                .map(accepted -> RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, accepted)
                        .header(HttpHeaders.LOCATION, "/images/" + accepted.id())
                        .build());
    }
}
