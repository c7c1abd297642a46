package io.headwater.trainer.training;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Does the same with two things at once: a head is too small for PyTorch to gain from two threads itself. */
final class TwoThreads {
    private TwoThreads() {}

    /**
     * Both results, in their order. When one fails the other is cancelled, and that failure is thrown.
     *
     * @param <T> what is given
     * @param <R> what is made
     */
    static <T, R> List<R> run(T first, T second, Cancellation cancellation, Work<T, R> work) {
        AtomicBoolean failed = new AtomicBoolean();
        Cancellation either = () -> failed.get() || cancellation.requested();
        CompletableFuture<R> mine = new CompletableFuture<>();
        CompletableFuture<R> other = new CompletableFuture<>();
        CompletableFuture<R> failure = new CompletableFuture<>();
        String name = Thread.currentThread().getName() + "-2";
        Thread thread = new Thread(() -> complete(other, failure, failed, () -> work.run(second, either)), name);
        thread.setDaemon(true);
        thread.start();
        complete(mine, failure, failed, () -> work.run(first, either));
        other.handle((result, problem) -> result).join();
        try {
            return failed.get() ? List.of(failure.join()) : List.of(mine.join(), other.join());
        } catch (CompletionException e) {
            throw unwrapped(e);
        }
    }

    private static <R> void complete(
            CompletableFuture<R> result, CompletableFuture<R> failure, AtomicBoolean failed, Supplier<R> work) {
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error e) {
            // Only the first is the failure; that the other was cancelled follows from it.
            failure.completeExceptionally(e);
            failed.set(true);
            result.completeExceptionally(e);
        }
    }

    private static RuntimeException unwrapped(CompletionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : e;
    }

    /**
     * What is done.
     *
     * @param <T> what is given
     * @param <R> what is made
     */
    @FunctionalInterface
    interface Work<T, R> {
        R run(T one, Cancellation cancellation);
    }
}
