package io.headwater.trainer.rollouts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How versions are rolled out. */
@ConfigMapping(prefix = "headwater.rollout")
public interface RolloutConfig {
    /** How a version goes live that the gate lets through: {@code immediate}, {@code shadow-then-canary} or {@code manual}. */
    @WithDefault("shadow-then-canary")
    RolloutPolicy policy();

    /** Shares of the images that a canary answers, one after the other, per cent; none: from shadow straight to stable. */
    @WithDefault("10,50")
    Optional<List<Integer>> stepWeights();

    /** Time that each step lasts at least. */
    @WithDefault("1m")
    Duration interval();

    /** Labelled images of its own that each step takes at least, and a rollback in sum. */
    @WithDefault("20")
    int minLabels();

    /** How much less often than stable a version may be right: a share of the images. */
    @WithDefault("0.02")
    double tolerance();

    /** How often a version that is worse by the tolerance may be promoted, and an equal one rolled back. */
    @WithDefault("0.01")
    double errorRate();

    /** Attempts of an instance to load a generation after which the version that is to blame is taken back. */
    @WithDefault("3")
    int failureLimit();

    /** Share of the images of which a version may give no probabilities. */
    @WithDefault("0.01")
    double maxFailureRate();

    /** How much longer a version's head may take for an image than that of the version beside it: the medians. */
    @WithDefault("5ms")
    Duration latencyBudget();

    /** Share of the images on which a version must say what stable says, to go forward. */
    @WithDefault("0.5")
    double minAgreement();

    /** Most that the shares of the predicted classes may differ from stable's, to go forward: population stability index. */
    @WithDefault("0.25")
    double maxStabilityIndex();

    /** Most that the mean confidence may differ from stable's, up or down, to go forward. */
    @WithDefault("0.2")
    double maxConfidenceShift();

    /** Time without a step after which a canary is a shadow again, and a newer candidate takes over. */
    @WithDefault("1d")
    Duration progressDeadline();

    /** Time for which the predecessor of a stable version goes on as a shadow. */
    @WithDefault("1h")
    Duration probation();

    /** Time after a rollback in which nothing goes forward. */
    @WithDefault("10m")
    Duration cooldown();

    /** All of it, checked. */
    default RolloutSettings settings() {
        return new RolloutSettings(
                policy(),
                stepWeights().orElse(List.of()),
                interval(),
                minLabels(),
                tolerance(),
                errorRate(),
                failureLimit(),
                maxFailureRate(),
                latencyBudget(),
                minAgreement(),
                maxStabilityIndex(),
                maxConfidenceShift(),
                progressDeadline(),
                probation(),
                cooldown());
    }
}
