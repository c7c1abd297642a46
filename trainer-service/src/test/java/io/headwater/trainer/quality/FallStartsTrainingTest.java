package io.headwater.trainer.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.ModelState;
import io.headwater.events.TrainingCause;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.fixture.TrainerRig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole trainer but for REST, with a real broker and PyTorch. */
class FallStartsTrainingTest {
    private static final List<String> LABELS = List.of("ant", "bee");

    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();

    @Test
    void labels_that_say_the_stable_version_is_wrong_start_a_training_that_names_the_fall_and_the_drift_beside_it() {
        try (Stream stream = new Stream(prefix);
                TrainerRig rig = new TrainerRig(directory, stream, prefix, 100).start()) {
            for (int i = 0; i < 100; i++) {
                send(stream, "image-" + i, i);
            }
            stream.flush();
            rig.awaitVersion(1);
            assertThat(rig.registry.model(1).orElseThrow().getState()).isEqualTo(ModelState.STABLE);

            // Drift alone starts none, though there are labels that nobody has learnt from
            rig.drift = Optional.of("The last 500 images are not like those before.");
            for (int i = 200; i < 240; i++) {
                send(stream, "image-" + i, i);
            }
            stream.flush();
            rig.awaitExamples(140);
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> rig.trainings.state().running().isEmpty());
            assertThat(rig.registry.model(2)).isEmpty();

            // When the served version is wrong on all that is labelled
            for (int i = 100; i < 140; i++) {
                stream.predict("image-" + i, 1, LABELS.get((i + 1) % 2));
                send(stream, "image-" + i, i);
            }
            stream.flush();
            rig.awaitVersion(2);

            assertThat(rig.registry.model(2).orElseThrow().getTrigger())
                    .matches("Live accuracy of version 1 is 0\\.00 on the last \\d+ labelled images;"
                            + " [01]\\.\\d\\d was expected\\. The last 500 images are not like those before\\..*");
            await().atMost(Duration.ofSeconds(30)).until(() -> rig.liveQuality.size() == 40);
            assertThat(rig.registry.model(2).orElseThrow().getLineage().getCause())
                    .isEqualTo(TrainingCause.LIVE_QUALITY);
            assertThat(rig.trainings.state().last().orElseThrow().trigger().cause())
                    .isEqualTo(TrainingCause.LIVE_QUALITY);
        }
    }

    private static void send(Stream stream, String id, int i) {
        String label = LABELS.get(i % 2);
        stream.embed(id, TrainerRig.BACKBONE.id(), Embeddings.of(label, i, 2432, 0.1));
        stream.label(id, label);
    }
}
