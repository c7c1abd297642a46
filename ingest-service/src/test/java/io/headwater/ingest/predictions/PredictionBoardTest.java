package io.headwater.ingest.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.ImageClassified;
import io.headwater.events.StageTimings;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PredictionBoardTest {
    private final PredictionBoard board = new PredictionBoard(2, 2);

    @Test
    void all_who_wait_for_an_image_hear_of_it() {
        UniAssertSubscriber<ImageClassified> one = waitFor("a");
        UniAssertSubscriber<ImageClassified> two = waitFor("a");

        board.post("a", prediction("tulip"));

        assertThat(one.getItem().getLabel()).isEqualTo("tulip");
        assertThat(two.getItem().getLabel()).isEqualTo("tulip");
        assertThat(board.waiters()).isZero();
    }

    @Test
    void what_comes_between_the_watch_and_the_asking_is_not_missed() {
        PredictionBoard.Watch watch = board.watch("a").orElseThrow();

        board.post("a", prediction("tulip"));

        assertThat(watch.prediction().await().indefinitely().getLabel()).isEqualTo("tulip");
    }

    @Test
    void a_prediction_of_another_image_is_not_taken() {
        UniAssertSubscriber<ImageClassified> one = waitFor("a");

        board.post("b", prediction("tulip"));

        one.assertNotTerminated();
    }

    @Test
    void who_finds_no_room_does_not_wait_and_who_leaves_makes_some() {
        PredictionBoard.Watch first = board.watch("a").orElseThrow();
        assertThat(board.watch("b")).isPresent();
        assertThat(board.watch("c")).isEmpty();

        first.close();
        first.close();

        assertThat(board.watch("c")).isPresent();
        assertThat(board.watch("d")).isEmpty();
        assertThat(board.waiters()).isEqualTo(2);
    }

    @Test
    void the_newest_predictions_are_known_at_once_and_the_oldest_are_forgotten() {
        board.post("a", prediction("rose"));
        board.post("b", prediction("tulip"));
        board.post("c", prediction("daisy"));

        assertThat(waitFor("b").getItem().getLabel()).isEqualTo("tulip");
        assertThat(waitFor("c").getItem().getLabel()).isEqualTo("daisy");
        waitFor("a").assertNotTerminated();
    }

    private UniAssertSubscriber<ImageClassified> waitFor(String id) {
        return board.watch(id).orElseThrow().prediction().subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static ImageClassified prediction(String label) {
        return ImageClassified.newBuilder()
                .setGeneration(1)
                .setVersion(1L)
                .setLabel(label)
                .setConfidence(0.5f)
                .setTimings(new StageTimings(1L, 2L, 3L))
                .setIngestedAt(Instant.EPOCH)
                .setClassifiedAt(Instant.EPOCH)
                .build();
    }
}
