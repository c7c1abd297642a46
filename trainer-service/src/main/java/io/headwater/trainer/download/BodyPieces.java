package io.headwater.trainer.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The body of a response as it comes; the wait for each piece has a limit, which Java's own readers have not. */
final class BodyPieces implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    private final BlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();
    private volatile Flow.Subscription subscription;

    /** Some bytes, a failure, or neither: the end. */
    private record Piece(List<ByteBuffer> bytes, Optional<Throwable> failure) {
        boolean isEnd() {
            return bytes.isEmpty() && failure.isEmpty();
        }
    }

    /**
     * The next bytes; empty at the end.
     *
     * @throws IOException if the connection broke, or nothing came in time
     */
    List<ByteBuffer> next(Duration wait) throws IOException, InterruptedException {
        Piece piece = arrived.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null) {
            throw new IOException("nothing came for " + wait.toMillis() + " ms");
        }
        if (piece.failure().isPresent()) {
            throw new IOException(
                    "the connection broke: " + piece.failure().get().getMessage(),
                    piece.failure().get());
        }
        if (!piece.isEnd()) {
            subscription.request(1);
        }
        return piece.bytes();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        arrived.add(new Piece(bytes, Optional.empty()));
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(new Piece(List.of(), Optional.of(failure)));
    }

    @Override
    public void onComplete() {
        arrived.add(new Piece(List.of(), Optional.empty()));
    }

    @Override
    public void close() {
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
    }
}
