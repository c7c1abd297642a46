package io.headwater.trainer.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.Backbone;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.RolloutChanged;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicFollower;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.registry.Registry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a real broker. */
class EmbeddingsFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stream stream = new Stream(TestBroker.freshPrefix());
    private final Registry registry = new Registry();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final EmbeddingListener listener = new EmbeddingListener() {
        @Override
        public void begin(Backbone backbone) {
            heard.add("begin " + backbone.getId());
        }

        @Override
        public void embedded(String imageId, ByteBuffer vector, Instant at) {
            heard.add(imageId);
        }

        @Override
        public void removed(String imageId) {
            heard.add("removed " + imageId);
        }
    };

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void hears_of_the_images_of_the_serving_backbone_and_begins_anew_when_it_is_another() {
        stream.embed("one", "first", new float[] {1, 2});
        stream.embed("other", "second", new float[] {1, 2});
        stream.embed("wide", "first", new float[] {1, 2, 3});
        stream.flush();
        try (EmbeddingsFeed feed = new EmbeddingsFeed(
                TestBroker.kafka(), stream.topics(), EventFormat.singleObject(), registry, List.of(listener))) {
            feed.start();
            serve("first", 1);
            assertThat(feed.isCurrent()).isFalse();

            registry.completed();
            await().atMost(PATIENCE).until(() -> heard.equals(List.of("begin first", "one")) && feed.isCurrent());
            stream.raw(stream.topics().embeddings().name(), "one", null);
            await().atMost(PATIENCE).until(() -> heard.contains("removed one"));

            serve("second", 2);
            await().atMost(PATIENCE).until(() -> heard.contains("other") && feed.isCurrent());
            assertThat(heard).startsWith("begin first", "one", "removed one", "begin second");
        }
    }

    @Test
    void a_follower_can_begin_with_the_last_records_of_each_partition() {
        for (int i = 0; i < 40; i++) {
            stream.embed("image-" + i, "b", new float[] {i});
        }
        stream.flush();
        List<TopicFollower.Entry<ImageEmbedded>> entries = new ArrayList<>();
        try (TopicFollower<ImageEmbedded> follower = new TopicFollower<>(
                        TestBroker.kafka(),
                        stream.topics().embeddings().name(),
                        EventFormat.singleObject().deserializer(ImageEmbedded.class),
                        entries::add,
                        (garbage, reason) -> {})
                .lastOnly(5)) {
            follower.replay(PATIENCE);
        }

        assertThat(entries).hasSize(10);
        assertThat(entries).filteredOn(entry -> entry.partition() == 0).hasSize(5);
    }

    private void serve(String backbone, long generation) {
        registry.put(RolloutChanged.newBuilder()
                .setGeneration(generation)
                .setBackbone(new Backbone(backbone, "test", "x", 1L, 64, 2, 0L))
                .setStable(null)
                .setReason("test")
                .setChangedBy("test")
                .setChangedAt(Instant.EPOCH)
                .build());
    }
}
