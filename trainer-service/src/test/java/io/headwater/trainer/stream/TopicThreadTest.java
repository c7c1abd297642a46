package io.headwater.trainer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.topics.TopicFollower;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class TopicThreadTest {
    private final List<String> state = new CopyOnWriteArrayList<>();
    private final AtomicInteger readings = new AtomicInteger();
    private final CountDownLatch forgotten = new CountDownLatch(2);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void after_a_failure_the_state_is_not_current_until_it_is_whole_again() throws InterruptedException {
        try (Stream stream = new Stream(TestBroker.freshPrefix())) {
            String topic = stream.topics().examples().name();
            stream.raw(topic, "a", new byte[] {1});
            try (TopicThread thread = new TopicThread(topic, () -> follow(topic), this::forget)) {
                thread.start();
                assertThat(thread.awaitReplayed(Duration.ofSeconds(30))).isTrue();
                assertThat(thread.reading()).isEqualTo(1);

                // When a record makes the follower fail, and the state is being read again
                stream.raw(topic, "poison", new byte[] {2});
                forgotten.await();
                assertThat(thread.reading()).isEqualTo(TopicThread.NOT_CURRENT);

                goOn.countDown();
                await().atMost(Duration.ofSeconds(30)).until(() -> thread.reading() == 2);
                assertThat(state).containsExactlyInAnyOrder("a", "poison");
            }
        }
    }

    private void forget() {
        state.clear();
        forgotten.countDown();
    }

    private TopicFollower<String> follow(String topic) {
        int reading = readings.incrementAndGet();
        return new TopicFollower<>(
                TestBroker.kafka(),
                topic,
                new StringDeserializer(),
                entry -> take(entry.key(), reading),
                (garbage, reason) -> {});
    }

    private void take(String key, int reading) {
        if (reading == 1 && key.equals("poison")) {
            throw new IllegalStateException("poison");
        }
        if (reading == 2) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        state.add(key);
    }
}
