package io.headwater.inference.predictions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One listener and how far it is. What it has not been sent yet waits in the store, which all share; so a slow one costs no
 * memory, but loses the oldest. One thread uses it, but for {@link #isSending}.
 */
final class StreamClient {
    private static final int AT_ONCE = 64;

    private final String run;
    private final Sink sink;
    private final PredictionFilter filter;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private long lastSent;
    private long next;

    /**
     * @param run what the ids begin with: numbers of another run of the service mean nothing here
     * @param next number of the first prediction that it gets
     */
    StreamClient(String run, Sink sink, PredictionFilter filter, long next, long nanoTime) {
        this.run = run;
        this.sink = sink;
        this.filter = filter;
        this.next = next;
        this.lastSent = nanoTime;
    }

    /**
     * Sends what has come, if the connection has taken what was sent before.
     *
     * @param wake is called when the connection has taken it
     * @return whether it can't be known that there is no more
     */
    boolean advance(RecentPredictions recent, Function<Recent, Prediction> read, Runnable wake, long nanoTime) {
        if (isSending()) {
            return false;
        }
        RecentPredictions.Slice slice = recent.from(next, AT_ONCE);
        if (slice.lost() > 0) {
            send(sink.lost(id(slice.next() - slice.recent().size() - 1), slice.lost()), wake, nanoTime);
        }
        for (Recent one : slice.recent()) {
            Prediction prediction = read.apply(one);
            if (filter.test(prediction)) {
                send(sink.prediction(id(one.sequence()), prediction), wake, nanoTime);
            }
        }
        next = slice.next();
        return slice.recent().size() == AT_ONCE && !isSending();
    }

    void heartbeat(Runnable wake, long nanoTime) {
        if (!isSending()) {
            send(sink.heartbeat(), wake, nanoTime);
        }
    }

    private void send(CompletionStage<?> written, Runnable wake, long nanoTime) {
        lastSent = nanoTime;
        sending = CompletableFuture.allOf(sending, written.toCompletableFuture());
        sending.whenComplete((nothing, failure) -> wake.run());
    }

    private String id(long sequence) {
        return run + "-" + sequence;
    }

    private boolean isSending() {
        return !sending.isDone();
    }

    /** Nanoseconds since something was sent. */
    long silence(long nanoTime) {
        return nanoTime - lastSent;
    }

    /** Whether nobody is there any more, or nobody who reads. */
    boolean isGone(long nanoTime, long patience) {
        return sink.isClosed() || sending.isCompletedExceptionally() || (isSending() && silence(nanoTime) > patience);
    }

    void close() {
        sink.close();
    }
}
