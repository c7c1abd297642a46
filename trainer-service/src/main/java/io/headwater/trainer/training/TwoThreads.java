package io.headwater.trainer.training;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Does the same for two things at once; a head is too small for PyTorch to gain from two threads itself. */
final class TwoThreads {
    private TwoThreads() {}

    /**
     * Both results, in their order. When one fails the other is cancelled.
     *
     * @param <T> what is given
     * @param <R> what is made
     */
    static <T, R> List<R> run(T first, T second, Cancellation cancellation, Work<T, R> work) {
        AtomicBoolean failed = new AtomicBoolean();
        Cancellation either = () -> failed.get() || cancellation.requested();
        Function<T, R> careful = one -> {
            try {
                return work.run(one, either);
            } catch (RuntimeException | Error e) {
                failed.set(true);
                throw e;
            }
        };
        CompletableFuture<R> other = CompletableFuture.supplyAsync(
                () -> careful.apply(second),
                task -> new Thread(task, Thread.currentThread().getName() + "-2").start());
        R mine;
        try {
            mine = careful.apply(first);
        } catch (RuntimeException | Error e) {
            other.handle((result, failure) -> result).join();
            throw e;
        }
        try {
            return List.of(mine, other.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
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
