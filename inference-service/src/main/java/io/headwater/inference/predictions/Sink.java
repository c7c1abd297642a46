package io.headwater.inference.predictions;

import java.util.concurrent.CompletionStage;

/** The connection of one listener. */
interface Sink {
    /** Writes one prediction. Completes when the connection has taken it. */
    CompletionStage<?> prediction(String id, Prediction prediction);

    /** Writes that some predictions passed unseen. */
    CompletionStage<?> lost(String id, long count);

    /** Writes nothing that a listener sees. */
    CompletionStage<?> heartbeat();

    boolean isClosed();

    void close();
}
