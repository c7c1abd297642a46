package io.headwater.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Backbone;
import io.headwater.events.LabelledExample;
import io.headwater.serde.EmbeddingVector;
import io.headwater.trainer.artifacts.DirectoryStore;
import io.headwater.trainer.examples.HoldoutSplit;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.trainingset.TrainingSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before there is a version; with one in TrainerServiceTest. */
class LabelQueueTest {
    private static final Instant NOW = Instant.parse("2026-01-08T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int WIDTH = 20;

    @TempDir
    private Path directory;

    private final Candidates candidates = new Candidates(1_000);
    private final TrainingSet trainingSet = new TrainingSet(WIDTH);
    private LabelQueue queue;

    @BeforeEach
    void open() {
        queue = new LabelQueue(
                candidates,
                new Registry(),
                trainingSet,
                new DirectoryStore(directory),
                QueueSettings.DEFAULT,
                WEEK,
                Clock.fixed(NOW, ZoneOffset.UTC));
        candidates.begin(new Backbone("b", "test", "x", 1L, 64, WIDTH, 0L));
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void one_in_five_is_a_random_check_and_nothing_of_it_was_looked_at() {
        come(0, 200, NOW);
        queue.refresh();

        List<Offer> offers = queue.next(50).images();

        assertThat(offers).hasSize(50).extracting(Offer::id).doesNotHaveDuplicates();
        assertThat(offers)
                .filteredOn(offer -> offer.kind().equals("check"))
                .hasSize(10)
                .allSatisfy(offer -> {
                    assertThat(offer.reasons()).containsExactly("random check");
                    assertThat(offer.answer()).isEmpty();
                    assertThat(HoldoutSplit.of(offer.id())).hasToString("HOLDOUT");
                });
        assertThat(offers)
                .filteredOn(offer -> offer.kind().equals("teach"))
                .allSatisfy(offer -> assertThat(HoldoutSplit.of(offer.id())).hasToString("TRAIN"));
    }

    @Test
    void a_label_takes_an_image_off_at_once() {
        come(0, 50, NOW);
        queue.refresh();
        List<Offer> before = queue.next(50).images();

        before.stream().limit(10).forEach(offer -> label(offer.id()));

        assertThat(queue.next(50).images())
                .extracting(Offer::id)
                .hasSize(40)
                .doesNotContainAnyElementsOf(
                        before.stream().limit(10).map(Offer::id).toList());
    }

    @Test
    void an_image_that_may_be_gone_is_not_offered() {
        come(0, 50, NOW.minus(WEEK));
        come(50, 100, NOW.minus(WEEK).plusSeconds(1));
        queue.refresh();

        assertThat(queue.next(200).images()).hasSize(50).allSatisfy(offer -> assertThat(
                        Integer.parseInt(offer.id().substring(6)))
                .isGreaterThanOrEqualTo(50));
        assertThat(candidates.size() + candidates.heldOut()).isEqualTo(50);
    }

    @Test
    void nothing_is_offered_when_nothing_has_come() {
        queue.refresh();

        assertThat(queue.next(20).images()).isEmpty();
        assertThat(queue.next(20).version()).isEmpty();
    }

    private void come(int from, int to, Instant at) {
        for (int i = from; i < to; i++) {
            candidates.embedded("image-" + i, EmbeddingVector.toBytes(Embeddings.of("ant", i, WIDTH, 0.5)), at);
        }
    }

    private void label(String id) {
        trainingSet.put(
                id,
                new LabelledExample(
                        "ant",
                        NOW,
                        "b",
                        EmbeddingVector.toBytes(Embeddings.of("ant", 1, WIDTH, 0.5)),
                        HoldoutSplit.of(id),
                        0L,
                        0L),
                new TrainingSet.Position(0, 0, NOW));
    }
}
