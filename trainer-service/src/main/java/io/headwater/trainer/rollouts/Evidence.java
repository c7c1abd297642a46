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
 */
public record Evidence(
        Optional<PairedEvidence> trial,
        Optional<PairedEvidence> failed,
        Optional<PairedEvidence> probation,
        int labelsInStep,
        Optional<Traffic> traffic) {

    /** The same, and this of all images. */
    Evidence with(Optional<Traffic> seen) {
        return new Evidence(trial, failed, probation, labelsInStep, seen);
    }

    /** Nothing is known. */
    public static final Evidence NONE =
            new Evidence(Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty());
}
