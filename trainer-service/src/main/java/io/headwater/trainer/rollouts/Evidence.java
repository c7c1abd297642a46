package io.headwater.trainer.rollouts;

import java.util.Optional;

/**
 * What is known of the versions in play.
 *
 * @param trial the one on trial beside the stable one
 * @param failed the one on trial beside the one that was rolled back last
 * @param probation the stable one beside its predecessor
 * @param labelsInStep labelled images of those that were answered since the present step began
 * @param traffic the one on trial beside the stable one, on all images
 * @param dataPlane what the instances make of the rollout
 */
public record Evidence(
        Optional<PairedEvidence> trial,
        Optional<PairedEvidence> failed,
        Optional<PairedEvidence> probation,
        int labelsInStep,
        Optional<Traffic> traffic,
        Optional<DataPlane> dataPlane) {

    /** What labels say, and nothing else. */
    public Evidence(
            Optional<PairedEvidence> trial,
            Optional<PairedEvidence> failed,
            Optional<PairedEvidence> probation,
            int labelsInStep) {
        this(trial, failed, probation, labelsInStep, Optional.empty(), Optional.empty());
    }

    /** The same labels, and this of all images and of the instances. */
    Evidence with(Optional<Traffic> seen, Optional<DataPlane> reported) {
        return new Evidence(trial, failed, probation, labelsInStep, seen, reported);
    }

    /** Nothing is known. */
    public static final Evidence NONE = new Evidence(Optional.empty(), Optional.empty(), Optional.empty(), 0);
}
