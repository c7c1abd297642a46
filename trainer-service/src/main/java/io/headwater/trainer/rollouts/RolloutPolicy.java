package io.headwater.trainer.rollouts;

/** How a version goes live that the gate lets through. */
public enum RolloutPolicy {
    /** At once. */
    IMMEDIATE,
    /** First as a shadow, then as the canary, step by step, as live labels show that it is good enough. */
    SHADOW_THEN_CANARY,
    /** When somebody says so. */
    MANUAL
}
