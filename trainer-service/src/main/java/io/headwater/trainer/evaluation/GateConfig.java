package io.headwater.trainer.evaluation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the gate asks of a new version before it is served. */
@ConfigMapping(prefix = "headwater.gate")
public interface GateConfig {
    /** How much worse than stable a version must surely not be: a share of the held-out examples. */
    @WithDefault("0.03")
    double margin();

    /** Risk of passing a version that is worse by the margin. */
    @WithDefault("0.003")
    double risk();

    /** Level at which a version is significantly worse, or better, than stable or than guessing. */
    @WithDefault("0.05")
    double significance();

    /** Share of a class's held-out examples that a version may lose. */
    @WithDefault("0.1")
    double classTolerance();

    /** Examples that must be there before a version is called no better than guessing, or better by its log loss alone. */
    @WithDefault("20")
    int minExamples();

    /** All of it, checked. */
    default GateSettings settings() {
        return new GateSettings(margin(), risk(), significance(), classTolerance(), minExamples());
    }
}
