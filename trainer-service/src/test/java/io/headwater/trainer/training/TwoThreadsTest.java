package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TwoThreadsTest {

    @Test
    void does_both_at_once_and_keeps_their_order() {
        CountDownLatch both = new CountDownLatch(2);

        assertThat(TwoThreads.run("a", "b", Cancellation.NEVER, (one, cancellation) -> {
                    both.countDown();
                    await(both);
                    return one + one;
                }))
                .containsExactly("aa", "bb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void when_one_fails_the_other_is_cancelled_and_the_failure_is_what_is_thrown(String bad) {
        assertThatThrownBy(() -> TwoThreads.run("a", "b", Cancellation.NEVER, (one, cancellation) -> {
                    if (one.equals(bad)) {
                        throw new IllegalStateException("out of paper");
                    }
                    while (!cancellation.requested()) {
                        Thread.onSpinWait();
                    }
                    throw new TrainingCancelledException();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("out of paper");
    }

    @Test
    void both_hear_when_somebody_cancels() {
        assertThatThrownBy(() -> TwoThreads.run("a", "b", () -> true, (one, cancellation) -> {
                    cancellation.check();
                    return one;
                }))
                .isInstanceOf(TrainingCancelledException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
