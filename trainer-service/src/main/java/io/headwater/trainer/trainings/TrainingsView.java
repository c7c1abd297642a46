package io.headwater.trainer.trainings;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How things stand.
 *
 * @param role of this trainer: {@code leader}, {@code standby} or {@code starting}; only the leader trains
 * @param state {@code running}, {@code waiting} (for labels, time, or what {@code why} says) or {@code idle} (nothing is
 *     new)
 * @param why why none runs, or what started the one that does
 * @param newLabels labels that no training has seen yet
 * @param running the training that runs
 * @param last the one that ended last
 * @param trainings all that are known, newest first
 */
@Schema(name = "Trainings")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TrainingsView(
        String role,
        String state,
        String why,
        int newLabels,
        Optional<TrainingView> running,
        Optional<TrainingView> last,
        List<TrainingView> trainings) {}
