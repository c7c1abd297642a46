package io.headwater.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.Backbone;
import io.headwater.events.ImageIngested;
import io.headwater.events.RolloutChanged;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.artifacts.DirectoryStore;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.backbone.QuantisedBackbone;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.precision.Int8Offer;
import io.headwater.trainer.precision.PrecisionChoice;
import io.headwater.trainer.precision.PrecisionSettings;
import io.headwater.trainer.precision.RecentImages;
import io.headwater.trainer.registry.Publisher;
import io.headwater.trainer.registry.Recording;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.training.Hyperparameters;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code headwater.backbone.precision=int8}, with real pictures in a real topic. */
class Int8ChangeTest {
    private static final BackboneSource SOURCE = BackboneSource.openimages(64);
    private static final BackboneFile FP32 = SOURCE.acquire();
    /** Neither speed nor accuracy of a machine that is busy with tests are to decide here. */
    private static final PrecisionSettings ANY = new PrecisionSettings(40, 60, 0.01, 1);

    private static final PrecisionSettings IMPOSSIBLE = new PrecisionSettings(40, 60, 100, 1);

    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();
    private final Registry registry = new Registry();
    private final Map<String, String> labels = new HashMap<>();
    private ArtifactStore store;
    private Stream stream;
    private Recording recording;

    @BeforeEach
    void open() {
        stream = new Stream(prefix);
        store = new DirectoryStore(directory.resolve("artifacts"));
        recording = new Recording(
                new Publisher(TestBroker.kafka(), prefix + "trainer", stream.topics(), EventFormat.singleObject()),
                registry);
        recording.takeOver(() -> {});
    }

    @AfterEach
    void close() {
        recording.stepDown();
        stream.close();
    }

    @Test
    void an_int8_backbone_is_made_of_the_images_measured_and_announced_and_made_only_once() throws Exception {
        // Given pictures of two kinds, one of which is none
        images(0, 60);
        stream.raw(stream.topics().images().name(), "broken", new byte[] {1, 2, 3});
        PrecisionChoice choice = new PrecisionChoice(Optional.of(ANY));
        Backbones backbones = backbones(choice);
        Backbone first = backbones.establish();

        // When
        await().atMost(Duration.ofSeconds(60)).until(backbones::followConfiguration);

        // Then
        RolloutChanged changing = registry.rollout().orElseThrow();
        Backbone next = changing.getNextBackbone();
        assertThat(changing.getBackbone()).isEqualTo(first);
        assertThat(next.getName()).isEqualTo("openimages-int8");
        assertThat(QuantisedBackbone.isOf(FP32.id(), backbones.file(next))).isTrue();
        assertThat(changing.getReason()).contains("times as many", "labelled images heads");
        assertThat(choice.trial().orElseThrow().id()).isEqualTo(next.getId());
        assertThat(choice.trial().orElseThrow().calibrationImages()).isEqualTo(40);
        assertThat(choice.trial().orElseThrow().labelledImages()).isEqualTo(60);
        assertThat(choice.trial().orElseThrow().offered()).isTrue();

        // And a restart makes no other one of newer images
        images(60, 100);
        PrecisionChoice later = new PrecisionChoice(Optional.of(ANY));
        Backbones restarted = backbones(later);
        restarted.establish();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(restarted.followConfiguration()).isFalse();
            return restarted.isFollowed();
        });
        assertThat(registry.rollout().orElseThrow()).isEqualTo(changing);
        assertThat(later.trial()).isEmpty();
    }

    @Test
    void one_that_is_not_worth_it_is_not_announced_and_it_is_said_why() throws Exception {
        images(0, 60);
        PrecisionChoice choice = new PrecisionChoice(Optional.of(IMPOSSIBLE));
        Backbones backbones = backbones(choice);
        backbones.establish();

        await().atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(backbones.followConfiguration()).isFalse();
            return backbones.isFollowed();
        });

        assertThat(registry.rollout().orElseThrow().getNextBackbone()).isNull();
        assertThat(choice.trial().orElseThrow().offered()).isFalse();
        assertThat(choice.decision().orElseThrow())
                .contains("still embedded with float32", "headwater.backbone.int8.min-speedup is 100.0");
    }

    @Test
    void with_too_few_labels_float32_goes_on_and_it_is_tried_again() throws Exception {
        images(0, 60);
        labels.keySet().removeIf(id -> Integer.parseInt(id) >= 49);
        PrecisionChoice choice = new PrecisionChoice(Optional.of(ANY));
        Backbones backbones = backbones(choice);
        backbones.establish();

        await().atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(backbones.followConfiguration()).isFalse();
            return choice.decision().isPresent();
        });

        assertThat(choice.decision())
                .hasValue(
                        "headwater.backbone.precision is int8, but there are only 49 labelled"
                                + " images, and it takes 50 to make and to measure it: images are embedded with float32 until then.");
        assertThat(backbones.isFollowed()).isFalse();
        assertThat(choice.trial()).isEmpty();
    }

    private Backbones backbones(PrecisionChoice choice) {
        Int8Offer offer = new Int8Offer(
                choice.int8().orElseThrow(),
                new RecentImages(
                        TestBroker.kafka(),
                        EventFormat.singleObject(),
                        stream.topics().images().name()),
                () -> labels,
                Hyperparameters.DEFAULT,
                choice,
                Clock.systemUTC());
        return new Backbones(SOURCE, store, registry, recording, Optional.of(offer), change -> {}, Clock.systemUTC());
    }

    private void images(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            byte[] jpeg = picture(i);
            String id = Integer.toString(i);
            ImageIngested image =
                    new ImageIngested(ByteBuffer.wrap(jpeg), 80, 60, "0".repeat(64), "test", null, Instant.now());
            stream.raw(
                    stream.topics().images().name(),
                    id,
                    EventFormat.singleObject()
                            .serializer(ImageIngested.class)
                            .serialize(stream.topics().images().name(), image));
            labels.put(id, i % 2 == 0 ? "dark" : "light");
        }
    }

    private static byte[] picture(int seed) throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(80, 60, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(seed % 2 == 0 ? Color.DARK_GRAY : Color.PINK);
        graphics.fillRect(0, 0, 80, 60);
        for (int i = 0; i < 20; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(random.nextInt(80), random.nextInt(60), 3 + random.nextInt(15), 3 + random.nextInt(15));
        }
        graphics.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        return jpeg.toByteArray();
    }
}
