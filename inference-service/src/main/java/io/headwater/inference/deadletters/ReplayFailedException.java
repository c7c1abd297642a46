package io.headwater.inference.deadletters;

import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** A replay ended in the middle. What is back is marked, so that asking again does not put it back twice. */
final class ReplayFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param committed letters that are certainly back
     */
    ReplayFailedException(int committed, RuntimeException cause) {
        super(
                (wasShutOut(cause) ? "Another instance began a replay" : "Kafka failed (" + cause.getMessage() + ")")
                        + " when " + committed + " dead letters were back, and perhaps up to 100 more. What is back is"
                        + " marked: the same request again goes on with the rest.",
                cause);
    }

    private static boolean wasShutOut(RuntimeException cause) {
        return cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException;
    }
}
