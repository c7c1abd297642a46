package io.headwater.trainer.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OneByOneTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final OneByOne turns = new OneByOne(2);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void who_finds_enough_others_waiting_is_sent_away_and_they_have_their_turns() {
        CountDownLatch held = new CountDownLatch(1);
        List<CompletableFuture<Optional<Integer>>> taken = new ArrayList<>();
        taken.add(start(() -> {
            held.await();
            return 0;
        }));
        for (int i = 1; i <= 2; i++) {
            int number = i;
            int before = i - 1;
            await().until(() -> turns.waiting() == before && turns.isTaken());
            taken.add(start(() -> number));
        }
        await().until(() -> turns.waiting() == 2);

        assertThat(turns.take(() -> 3)).isEmpty();
        held.countDown();

        assertThat(taken.stream().map(CompletableFuture::join))
                .containsExactly(Optional.of(0), Optional.of(1), Optional.of(2));
        assertThat(turns.take(() -> 4)).contains(4);
    }

    private interface Work {
        int run() throws InterruptedException;
    }

    private CompletableFuture<Optional<Integer>> start(Work work) {
        return CompletableFuture.supplyAsync(
                () -> turns.take(() -> {
                    try {
                        return work.run();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("interrupted", e);
                    }
                }),
                threads);
    }
}
