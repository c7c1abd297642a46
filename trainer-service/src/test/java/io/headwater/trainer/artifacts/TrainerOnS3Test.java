package io.headwater.trainer.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.artifacts.S3Server;
import io.headwater.events.ModelPublished;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.fixture.TrainerRig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole trainer but for REST, with its artifacts in a bucket of a real S3 server. */
class TrainerOnS3Test {
    private static final List<String> LABELS = List.of("ant", "bee");

    @TempDir
    Path directory;

    @Test
    void trains_and_publishes_into_a_bucket_and_removes_what_nothing_needs_any_more() {
        ShiftedClock clock = new ShiftedClock();
        String prefix = TestBroker.freshPrefix();
        ArtifactStore store = new S3Store(S3Server.running().open("trainer", "headwater"));
        store.write("models/1/head.onnx", new byte[1]);
        try (Stream stream = new Stream(prefix);
                TrainerRig rig = new TrainerRig(
                        directory, stream, prefix, 60, clock, store, new Retention(1, Duration.ofMinutes(10)))) {
            // A version of long ago, which is not served.
            ModelPublished retired = Recorded.version(1, OptionalLong.empty(), "bb");
            stream.raw(
                    stream.topics().models().name(),
                    "1",
                    EventFormat.singleObject()
                            .serializer(ModelPublished.class)
                            .serialize(stream.topics().models().name(), retired));
            stream.flush();
            rig.start();
            for (int i = 0; i < 60; i++) {
                stream.embed("image-" + i, TrainerRig.BACKBONE.id(), Embeddings.of(LABELS.get(i % 2), i, 2432, 0.1));
                stream.label("image-" + i, LABELS.get(i % 2));
            }
            stream.flush();
            rig.awaitVersion(2);

            ModelPublished version = rig.registry.model(2).orElseThrow();
            assertThat(store.read(version.getHead()))
                    .hasSize((int) version.getHead().getSize());
            assertThat(store.list("models"))
                    .contains("models/1/head.onnx", "models/2/head.onnx", "models/2/model.onnx");
            assertThat(store.list("reserved")).containsExactly("reserved/2");

            // When the grace is over, counted from the look after the training, whenever that was
            await().pollInterval(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        clock.shift(Duration.ofMinutes(11));
                        return !store.exists("models/1/head.onnx");
                    });

            assertThat(store.list("models"))
                    .contains("models/2/head.onnx", "models/2/model.onnx")
                    .doesNotContain("models/1/head.onnx");
            assertThat(rig.registry.model(1)).isPresent();
        }
    }

    /** The time, and what was added. */
    private static final class ShiftedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void shift(Duration time) {
            ahead = ahead.plus(time);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
