package io.headwater.trainer.nearest;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Does one thing at a time, and lets only so many threads wait for their turn. */
final class OneByOne {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final int mostWaiting;

    /** @param mostWaiting threads beside the one whose turn it is; about */
    OneByOne(int mostWaiting) {
        this.mostWaiting = mostWaiting;
    }

    /** What {@code work} gives, or nothing, at once, where as many wait already. */
    <T> Optional<T> take(Supplier<T> work) {
        if (turn.getQueueLength() >= mostWaiting) {
            return Optional.empty();
        }
        turn.lock();
        try {
            return Optional.of(work.get());
        } finally {
            turn.unlock();
        }
    }

    /** Whether it is somebody's turn. */
    boolean isTaken() {
        return turn.isLocked();
    }

    /** Threads that wait now; an estimate. */
    int waiting() {
        return turn.getQueueLength();
    }
}
