package io.headwater.trainer.trainings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.events.ModelPublished;
import io.headwater.events.TrainingCause;
import io.headwater.trainer.training.TrainingPhase;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A training as clients see it.
 *
 * @param id names it
 * @param state {@code requested}, {@code running}, {@code stable}, {@code rejected}, {@code inconclusive}, {@code failed}
 *     or {@code cancelled}
 * @param cause what kind of event started it: {@code requested}, {@code new labels}, {@code label age},
 *     {@code new class}, {@code live quality}, {@code backbone} or {@code unknown}
 * @param trigger the same as a sentence for people
 * @param phase what it is at while it runs: {@code learning}, {@code measuring}, {@code exporting}, {@code storing},
 *     {@code publishing}
 * @param cancelling whether it was asked to stop and has not yet
 * @param requestedAt when it was asked for
 * @param startedAt when it started
 * @param endedAt when it ended
 * @param version the version that came out of it
 * @param reason why it ended so; a sentence for people
 */
@Schema(name = "Training")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TrainingView(
        String id,
        TrainingState state,
        String cause,
        String trigger,
        Optional<String> phase,
        Optional<Boolean> cancelling,
        Optional<Instant> requestedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Long> version,
        Optional<String> reason) {
    private static final String OF_VERSION = "version-";

    static TrainingView of(TrainingJob job) {
        return new TrainingView(
                job.id(),
                job.state(),
                words(job.trigger().cause()),
                job.trigger().sentence(),
                job.phase().map(TrainingPhase::name).map(name -> name.toLowerCase(Locale.ROOT)),
                job.cancelling() ? Optional.of(true) : Optional.empty(),
                job.requestedAt(),
                job.startedAt(),
                job.endedAt(),
                job.version(),
                job.reason());
    }

    /** What the record of its version tells of a training that this trainer doesn't remember, or that was another's. */
    static TrainingView of(ModelPublished version) {
        return new TrainingView(
                id(version.getVersion()),
                TrainingState.of(version),
                words(
                        version.getLineage() == null
                                ? TrainingCause.UNKNOWN
                                : version.getLineage().getCause()),
                version.getTrigger(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(version.getTrainedAt()),
                Optional.of(version.getVersion()),
                Optional.of(
                        version.getGate() == null
                                ? version.getReason()
                                : version.getGate().getReason()));
    }

    /** The id of the training that made a version, as any trainer knows it. */
    static String id(long version) {
        return OF_VERSION + version;
    }

    private static String words(TrainingCause cause) {
        return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
