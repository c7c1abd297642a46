package io.headwater.trainer.leadership;

/**
 * A time during which this trainer is elected, without interruption.
 *
 * @param number grows with each term of this process
 */
public record Term(long number) {}
