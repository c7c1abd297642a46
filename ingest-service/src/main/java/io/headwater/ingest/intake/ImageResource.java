package io.headwater.ingest.intake;

import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.INTEGER;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING;

import io.headwater.ingest.predictions.Predictions;
import io.headwater.ingest.problem.Problem;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.headwater.security.access.Caller;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** The front door for images. */
@Path("/images")
@Tag(name = "images")
@APIResponse(
        responseCode = "202",
        description = "The image, and its label, are on all in-sync replicas",
        headers = @Header(name = "Location", description = "Path of the image", schema = @Schema(type = STRING)),
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Accepted.class),
                        examples = @ExampleObject(name = "accepted", value = ImageExamples.ACCEPTED)))
@APIResponse(
        responseCode = "200",
        description = "The same, and the prediction came within the time of Prefer: wait",
        headers = @Header(name = "Preference-Applied", description = "wait=5", schema = @Schema(type = STRING)),
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Accepted.class),
                        examples = @ExampleObject(name = "classified", value = ImageExamples.CLASSIFIED)))
@APIResponse(
        responseCode = "400",
        description = "No body, or an id, label, source or annotator that breaks a rule",
        content =
                @Content(
                        mediaType = Problem.JSON,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "id", value = ImageExamples.INVALID_ID)))
@APIResponse(
        responseCode = "408",
        description = "The body came too slowly; the connection is closed",
        content =
                @Content(
                        mediaType = Problem.JSON,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "slow", value = ImageExamples.TOO_SLOW)))
@APIResponse(
        responseCode = "413",
        description = "Too many bytes or pixels",
        content =
                @Content(
                        mediaType = Problem.JSON,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "bytes", value = ImageExamples.TOO_LARGE)))
@APIResponse(
        responseCode = "415",
        description = "Not an image of an accepted type, judged by content",
        content =
                @Content(
                        mediaType = Problem.JSON,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "type", value = ImageExamples.UNSUPPORTED)))
@APIResponse(
        responseCode = "422",
        description = "Truncated or damaged, or the key stands for other bytes",
        content =
                @Content(
                        mediaType = Problem.JSON,
                        schema = @Schema(implementation = Problem.class),
                        examples = {
                            @ExampleObject(name = "damaged", value = ImageExamples.CORRUPT),
                            @ExampleObject(name = "key", value = ImageExamples.KEY_REUSED)
                        }))
@APIResponse(
        responseCode = "503",
        description = "Kafka is away, or all decoders or all the memory for uploads are taken",
        headers = @Header(name = "Retry-After", description = "Seconds", schema = @Schema(type = INTEGER)),
        content =
                @Content(
                        mediaType = Problem.JSON,
                        schema = @Schema(implementation = Problem.class),
                        examples = @ExampleObject(name = "Kafka", value = ImageExamples.UNAVAILABLE)))
public class ImageResource {
    private static final String KEY = "Idempotency-Key";

    private final Intake intake;
    private final UploadLimit limit;
    private final SlowUploads slow;
    private final Predictions predictions;
    private final Caller caller;

    ImageResource(Intake intake, UploadLimit limit, SlowUploads slow, Predictions predictions, Caller caller) {
        this.intake = intake;
        this.limit = limit;
        this.slow = slow;
        this.predictions = predictions;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Blocking
    @Operation(
            summary = "Upload an image",
            description = "The body is the image; its Content-Type is not trusted. Without an Idempotency-Key the id is"
                    + " derived from the bytes, so the same picture is the same image. With Prefer: wait=5 the answer"
                    + " waits up to 5 seconds for the prediction.")
    public Uni<RestResponse<Accepted>> post(
            @RestHeader(KEY) @Parameter(description = "The image's id: 1 to 128 of A-Z a-z 0-9 . _ ~ -") String id,
            @RestHeader(Preference.HEADER) List<String> prefer,
            @RestHeader(HttpHeaders.CONTENT_LENGTH) @Parameter(hidden = true) Long length,
            @RestQuery String source,
            @RestQuery String label,
            @RestQuery String annotator,
            InputStream body) {
        return answer(
                prefer,
                room -> Upload.of(
                        limit.read(body, length == null ? 0 : length, room),
                        id,
                        source,
                        label,
                        signed(label, annotator)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(
            summary = "Upload an image in JSON",
            description = "The member 'image' is its bytes in Base64; 'id' is as good as the Idempotency-Key.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = JsonImage.class),
                            examples = @ExampleObject(name = "image", value = ImageExamples.JSON)))
    public Uni<RestResponse<Accepted>> postJson(
            @RestHeader(KEY) String id,
            @RestHeader(Preference.HEADER) List<String> prefer,
            @RestHeader(HttpHeaders.CONTENT_LENGTH) @Parameter(hidden = true) Long length,
            InputStream body) {
        return answer(prefer, room -> {
            // Three bytes of four, and a few members: a little more than will come.
            BoundedBytes bytes = limit.bytes(length == null ? 0 : length / 4 * 3, room);
            try {
                JsonImage json = JsonImage.read(body, bytes);
                return Upload.of(
                        json.image(),
                        id == null ? json.id().orElse(null) : id,
                        json.source().orElse(null),
                        json.label().orElse(null),
                        signed(json.label().orElse(null), json.annotator().orElse(null)));
            } catch (IOException e) {
                throw new ProblemException(ProblemKind.MALFORMED_REQUEST, "the body ended early");
            }
        });
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
            @RestHeader(Preference.HEADER) List<String> prefer,
            @RestForm("image") FileUpload image,
            @RestForm("source") String sourcePart,
            @RestForm("label") String labelPart,
            @RestForm("annotator") String annotatorPart,
            @RestQuery String source,
            @RestQuery String label,
            @RestQuery String annotator) {
        return answer(
                prefer,
                room -> Upload.of(
                        read(image, room),
                        id,
                        sourcePart == null ? source : sourcePart,
                        labelPart == null ? label : labelPart,
                        signed(
                                labelPart == null ? label : labelPart,
                                annotatorPart == null ? annotator : annotatorPart)));
    }

    /** Who the label is from, if there is one: then the caller must be allowed to give it. */
    private String signed(String label, String annotator) {
        if (label == null) {
            return annotator;
        }
        caller.labels();
        return caller.sign(annotator, "annotator");
    }

    private byte[] read(FileUpload image, InFlightBytes.Lease room) {
        if (image == null) {
            throw new ProblemException(
                    ProblemKind.MALFORMED_REQUEST, "the form has no file part 'image' (with a filename)");
        }
        try (InputStream content = Files.newInputStream(image.uploadedFile())) {
            return limit.read(content, image.size(), room);
        } catch (IOException e) {
            throw new UncheckedIOException("the uploaded part could not be read", e);
        }
    }

    private Uni<RestResponse<Accepted>> answer(List<String> prefer, Function<InFlightBytes.Lease, Upload> upload) {
        InFlightBytes.Lease room = intake.room();
        Optional<Duration> wait = Preference.wait(prefer).map(predictions::shorter);
        Runnable arrival = slow.arrival();
        Supplier<Upload> arrived = () -> {
            Upload whole = upload.apply(room);
            arrival.run();
            return whole;
        };
        return intake.accept(room, arrived, wait).map(accepted -> {
            boolean classified = accepted.prediction().isPresent();
            // A header, not a URI: JAX-RS would make it absolute, with a host that a proxy may not know.
            ResponseBuilder<Accepted> answer = ResponseBuilder.create(
                            classified ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED, accepted)
                    .header(HttpHeaders.LOCATION, "/images/" + accepted.id());
            if (classified) {
                answer.header(Preference.APPLIED, "wait=" + wait.orElseThrow().toSeconds());
            }
            return answer.build();
        });
    }
}
