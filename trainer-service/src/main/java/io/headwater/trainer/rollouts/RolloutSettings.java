package io.headwater.trainer.rollouts;

import java.time.Duration;
import java.util.List;

/**
 * How versions are rolled out.
 *
 * @param policy how a version goes live that the gate lets through
 * @param stepWeights shares of the images that a canary answers, one after the other, per cent
 * @param interval time that each step lasts at least
 * @param minLabels labelled images of its own that each step takes at least, and a rollback in sum
 * @param tolerance how much less often than stable a version may be right: a share of the images
 * @param errorRate how often a version that is worse by the tolerance may be promoted, and an equal one rolled back
 * @param failureLimit attempts of an instance to load a generation after which the version that is to blame is taken back
 * @param maxFailureRate share of the images of which a version may give no probabilities
 * @param latencyBudget how much longer its head may take for an image than that of the version beside it
 * @param minAgreement share of the images on which a version must say what stable says, to go forward
 * @param maxStabilityIndex of the predicted classes beside stable's, to go forward
 * @param maxConfidenceShift of the mean confidence, up or down, to go forward
 * @param progressDeadline time without a step after which a canary is a shadow again, and a newer candidate takes over
 * @param probation time for which the predecessor of a stable version goes on as a shadow
 * @param cooldown time after a rollback in which nothing goes forward
 */
public record RolloutSettings(
        RolloutPolicy policy,
        List<Integer> stepWeights,
        Duration interval,
        int minLabels,
        double tolerance,
        double errorRate,
        int failureLimit,
        double maxFailureRate,
        Duration latencyBudget,
        double minAgreement,
        double maxStabilityIndex,
        double maxConfidenceShift,
        Duration progressDeadline,
        Duration probation,
        Duration cooldown) {

    /** What a trainer does that was told nothing else. */
    public static final RolloutSettings DEFAULT = new RolloutSettings(
            RolloutPolicy.SHADOW_THEN_CANARY,
            List.of(10, 50),
            Duration.ofMinutes(1),
            20,
            0.02,
            0.01,
            3,
            0.01,
            Duration.ofMillis(5),
            0.5,
            0.25,
            0.2,
            Duration.ofDays(1),
            Duration.ofHours(1),
            Duration.ofMinutes(10));

    /** Fails with a sentence when a value makes no sense. */
    public RolloutSettings {
        stepWeights = List.copyOf(stepWeights);
        require(isRising(stepWeights), "step-weights", stepWeights, "from 1 to 99, each more than the one before");
        require(isTime(interval), "interval", interval, "0 or more");
        require(minLabels >= 1, "min-labels", minLabels, "at least 1");
        require(tolerance > 0 && tolerance <= 0.5, "tolerance", tolerance, "more than 0 and at most 0.5");
        require(errorRate >= 1e-9 && errorRate <= 0.5, "error-rate", errorRate, "from 0.000000001 to 0.5");
        require(failureLimit >= 1, "failure-limit", failureLimit, "at least 1");
        require(
                maxFailureRate >= 1e-6 && maxFailureRate <= 0.5,
                "max-failure-rate",
                maxFailureRate,
                "from 0.000001 to 0.5");
        require(isTime(latencyBudget), "latency-budget", latencyBudget, "0 or more");
        require(minAgreement >= 0 && minAgreement <= 1, "min-agreement", minAgreement, "from 0 to 1");
        require(maxStabilityIndex > 0, "max-stability-index", maxStabilityIndex, "more than 0");
        require(
                maxConfidenceShift > 0 && maxConfidenceShift <= 1,
                "max-confidence-shift",
                maxConfidenceShift,
                "more than 0 and at most 1");
        require(progressDeadline.compareTo(Duration.ZERO) > 0, "progress-deadline", progressDeadline, "more than 0");
        require(isTime(probation), "probation", probation, "0 or more");
        require(isTime(cooldown), "cooldown", cooldown, "0 or more");
    }

    /** The evidence that suffices. */
    public double level() {
        return 1 / errorRate;
    }

    /** The same with another policy. */
    public RolloutSettings with(RolloutPolicy other) {
        return new RolloutSettings(
                other,
                stepWeights,
                interval,
                minLabels,
                tolerance,
                errorRate,
                failureLimit,
                maxFailureRate,
                latencyBudget,
                minAgreement,
                maxStabilityIndex,
                maxConfidenceShift,
                progressDeadline,
                probation,
                cooldown);
    }

    private static boolean isTime(Duration time) {
        return !time.isNegative();
    }

    private static boolean isRising(List<Integer> weights) {
        int before = 0;
        for (int weight : weights) {
            if (weight <= before || weight > 99) {
                return false;
            }
            before = weight;
        }
        return true;
    }

    private static void require(boolean holds, String key, Object value, String bounds) {
        if (!holds) {
            throw new IllegalArgumentException("headwater.rollout." + key + " is " + value + ", but must be " + bounds
                    + "; leave it out for the default");
        }
    }
}
