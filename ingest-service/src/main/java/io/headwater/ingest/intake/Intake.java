package io.headwater.ingest.intake;

import io.headwater.events.ImageIngested;
import io.headwater.ingest.label.Label;
import io.headwater.ingest.picture.JpegEncoder;
import io.headwater.ingest.picture.Picture;
import io.headwater.ingest.picture.PictureDecoder;
import io.headwater.ingest.picture.PictureRefusedException;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.headwater.ingest.publication.EventPublisher;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.function.Supplier;

/** Takes uploads in: decoded, made small, encoded, published. The caller's thread does all but the publishing. */
@ApplicationScoped
public class Intake {
    private final PictureDecoder decoder;
    private final JpegEncoder encoder;
    private final DecodeSlots slots;
    private final EventPublisher publisher;
    private final IntakeMetrics metrics;
    private final Clock clock;

    Intake(IntakeConfig config, EventPublisher publisher, IntakeMetrics metrics, Clock clock) {
        this.decoder = new PictureDecoder(config.maxPixels());
        this.encoder = new JpegEncoder(config.jpegQuality());
        int processors = Runtime.getRuntime().availableProcessors();
        this.slots = new DecodeSlots(config.concurrency().orElse(processors), config.maxWait(), config.retryAfter());
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Takes an upload in.
     *
     * @param source reads and checks it; what that throws counts as the outcome
     * @return the answer, once the image and then its label are on all in-sync replicas; or a {@link ProblemException}
     */
    Uni<Accepted> accept(Supplier<Upload> source) {
        return Uni.createFrom()
                .deferred(() -> {
                    Upload upload = source.get();
                    return publish(upload, slots.with(() -> normalise(upload)));
                })
                .invoke(() -> metrics.count("accepted"))
                .onFailure(ProblemException.class)
                .invoke(problem -> metrics.count(((ProblemException) problem).kind()));
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
                        id, image.getWidth(), image.getHeight(), upload.label().map(Label::name)));
    }

    private static ProblemKind kind(PictureRefusedException.Reason reason) {
        return switch (reason) {
            case EMPTY -> ProblemKind.EMPTY_BODY;
            case TOO_MANY_PIXELS -> ProblemKind.TOO_MANY_PIXELS;
            case UNSUPPORTED -> ProblemKind.UNSUPPORTED_IMAGE;
            case CORRUPT -> ProblemKind.CORRUPT_IMAGE;
        };
    }
}
