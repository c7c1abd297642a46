package io.headwater.ingest.intake;

import io.headwater.events.ImageIngested;
import io.headwater.ingest.label.Label;
import io.headwater.ingest.picture.JpegEncoder;
import io.headwater.ingest.picture.Picture;
import io.headwater.ingest.picture.PictureDecoder;
import io.headwater.ingest.picture.PictureRefusedException;
import io.headwater.ingest.predictions.Predictions;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.headwater.ingest.publication.EventPublisher;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Takes uploads in: decoded, made small, encoded, published. The caller's thread does all but the publishing. */
@ApplicationScoped
public class Intake {
    private final PictureDecoder decoder;
    private final JpegEncoder encoder;
    private final DecodeSlots slots;
    private final InFlightBytes inFlight;
    private final KeyMemory keys;
    private final Originals originals;
    private final EventPublisher publisher;
    private final Predictions predictions;
    private final IntakeMetrics metrics;
    private final Clock clock;

    Intake(
            IntakeConfig config,
            KeyMemory keys,
            Originals originals,
            EventPublisher publisher,
            Predictions predictions,
            IntakeMetrics metrics,
            Clock clock) {
        this.decoder = new PictureDecoder(
                config.maxPixels(),
                config.maxDecodeBytes()
                        .map(MemorySize::asLongValue)
                        .orElse(Runtime.getRuntime().maxMemory() / 2),
                config.maxDecodeTime());
        this.encoder = new JpegEncoder(config.jpegQuality());
        int processors = Runtime.getRuntime().availableProcessors();
        this.slots = new DecodeSlots(config.concurrency().orElse(processors), config.maxWait(), config.retryAfter());
        this.inFlight = new InFlightBytes(
                config.maxBytesInFlight()
                        .map(MemorySize::asLongValue)
                        .orElse(Runtime.getRuntime().maxMemory() / 4),
                config.maxBytes().asLongValue(),
                config.maxWait(),
                config.retryAfter());
        this.keys = keys;
        this.originals = originals;
        this.publisher = publisher;
        this.predictions = predictions;
        this.metrics = metrics;
        this.clock = clock;
        metrics.watch(inFlight, slots);
    }

    /** Room for the bytes of one upload, to be given to {@link #accept} or closed. */
    public InFlightBytes.Lease room() {
        return inFlight.lease();
    }

    /**
     * Takes an upload in.
     *
     * @param room for its bytes; closed when this ends
     * @param source reads and checks it, in that room; what that throws counts as the outcome
     * @return the answer, once the image and then its label are on all in-sync replicas; or a {@link ProblemException}
     */
    public Uni<Accepted> accept(InFlightBytes.Lease room, Supplier<Upload> source) {
        return accept(room, source, Optional.empty());
    }

    /**
     * The same, and then waits for the prediction.
     *
     * @param wait how long, from the acknowledgement on
     */
    Uni<Accepted> accept(InFlightBytes.Lease room, Supplier<Upload> source, Optional<Duration> wait) {
        AtomicReference<Optional<Predictions.Waiting>> prediction = new AtomicReference<>(Optional.empty());
        AtomicBoolean gone = new AtomicBoolean();
        return Uni.createFrom()
                .deferred(() -> {
                    Upload upload = source.get();
                    ImageIngested image = take(upload);
                    // From here on only the small picture is needed.
                    room.shrinkTo(image.getJpeg().remaining());
                    if (wait.isPresent()) {
                        prediction.set(predictions.watch(upload.id().value()));
                        if (gone.get()) {
                            prediction.get().ifPresent(Predictions.Waiting::close);
                        }
                    }
                    return publish(upload, image);
                })
                .invoke(() -> metrics.accepted())
                .onFailure()
                .invoke(problem -> {
                    if (problem instanceof ProblemException known) {
                        metrics.refused(known.kind());
                    }
                })
                .onTermination()
                .invoke((accepted, failure, cancelled) -> {
                    room.close();
                    // A client that went away will not come to the wait, which would close it.
                    if (failure != null || cancelled) {
                        gone.set(true);
                        prediction.get().ifPresent(Predictions.Waiting::close);
                    }
                })
                .chain(accepted -> prediction
                        .get()
                        .map(waiting -> waiting.within(wait.orElseThrow()).map(accepted::with))
                        .orElseGet(() -> Uni.createFrom().item(accepted)));
    }

    private ImageIngested take(Upload upload) {
        keys.check(upload);
        ImageIngested image = slots.with(() -> normalise(upload));
        keys.claim(upload);
        originals.keep(upload);
        return image;
    }

    private ImageIngested normalise(Upload upload) {
        try {
            Picture picture = metrics.stage("decode").record(() -> decoder.decode(upload.content()));
            byte[] jpeg = metrics.stage("encode").record(() -> encoder.encode(picture.image()));
            return ImageIngested.newBuilder()
                    .setJpeg(ByteBuffer.wrap(jpeg))
                    .setWidth(picture.image().getWidth())
                    .setHeight(picture.image().getHeight())
                    .setSha256(upload.sha256())
                    .setSource(upload.source())
                    .setCapturedAt(picture.capturedAt().orElse(null))
                    .setIngestedAt(clock.instant())
                    .build();
        } catch (PictureRefusedException e) {
            throw ProblemException.causedBy(kind(e.reason()), e);
        }
    }

    private Uni<Accepted> publish(Upload upload, ImageIngested image) {
        String id = upload.id().value();
        Timer.Sample sample = Timer.start();
        return publisher
                .publish(id, image)
                .chain(() -> upload.label()
                        .map(label -> publisher.publish(id, label.toEvent(clock.instant())))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .invoke(() -> sample.stop(metrics.stage("publish")))
                .replaceWith(() -> new Accepted(
                        id, image.getWidth(), image.getHeight(), upload.label().map(Label::name), Optional.empty()));
    }

    private static ProblemKind kind(PictureRefusedException.Reason reason) {
        return switch (reason) {
            case EMPTY -> ProblemKind.EMPTY_BODY;
            case TOO_MANY_PIXELS -> ProblemKind.TOO_MANY_PIXELS;
            case UNSUPPORTED -> ProblemKind.UNSUPPORTED_IMAGE;
            case CORRUPT -> ProblemKind.CORRUPT_IMAGE;
            case TOO_COSTLY -> ProblemKind.TOO_COSTLY;
        };
    }
}
