package io.headwater.trainer.rollouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Locale;
import java.util.Optional;

/**
 * The rollout, and where the evidence stands.
 *
 * @param rollout what is served
 * @param policy how versions go live
 * @param evidence what is known of the versions; absent while the topics are being read
 * @param waitingFor why nothing is done now; a sentence for people
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record StandingView(
        @JsonUnwrapped RolloutView rollout,
        String policy,
        Optional<EvidenceView> evidence,
        Optional<String> waitingFor) {

    static StandingView of(Rollouts rollouts) {
        RolloutSettings settings = rollouts.settings();
        return new StandingView(
                RolloutView.of(rollouts.situation().rollout()),
                settings.policy().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                rollouts.evidence()
                        .map(known -> new EvidenceView(
                                settings.level(),
                                settings.tolerance(),
                                known.labelsInStep(),
                                settings.minLabels(),
                                known.trial(),
                                known.failed(),
                                known.probation(),
                                known.traffic(),
                                known.dataPlane())),
                rollouts.decide().map(Decision::reason));
    }

    /**
     * What labelled images say. Evidence of 1 is none.
     *
     * @param level the evidence that suffices
     * @param tolerance how much less often than stable a version may be right
     * @param labelsInStep labelled images that were answered since the present step began
     * @param minLabels how many of those a step takes
     * @param trial the version on trial beside the stable one
     * @param failed the version on trial beside the one that was rolled back last
     * @param probation the stable version beside its predecessor
     * @param traffic the version on trial beside the stable one, on all images; told by the leader
     * @param dataPlane what the instances of the inference-service make of the rollout
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record EvidenceView(
            double level,
            double tolerance,
            int labelsInStep,
            int minLabels,
            Optional<PairedEvidence> trial,
            Optional<PairedEvidence> failed,
            Optional<PairedEvidence> probation,
            Optional<Traffic> traffic,
            Optional<DataPlane> dataPlane) {}
}
