package io.headwater.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.backbone.Classifiers;
import io.headwater.trainer.export.OnnxModel;
import io.headwater.trainer.fixture.ConfiguredBackbone;
import io.headwater.trainer.fixture.Embeddings;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.fixture.TrainerRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer whose backbone is a classifier that somebody has, of another width than the bundled one. */
class AnyClassifierTest {
    private static final int WIDTH = 8;
    private static final int IMAGES = 120;

    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();
    private final Stream stream = new Stream(prefix);

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void the_width_of_everything_follows_the_classifier() throws Exception {
        BackboneSource source = classifier();
        BackboneFile file = source.acquire();
        try (TrainerRig rig = new TrainerRig(directory, stream, prefix, IMAGES, source).start()) {
            Backbone recorded = rig.registry.rollout().orElseThrow().getBackbone();
            assertThat(recorded.getId()).isEqualTo(file.id());
            assertThat(recorded.getName()).isEqualTo("net");
            assertThat(recorded.getDimension()).isEqualTo(WIDTH);

            for (int i = 0; i < IMAGES; i++) {
                String label = List.of("ant", "bee").get(i % 2);
                stream.embed("image-" + i, file.id(), Embeddings.of(label, i, WIDTH, 2));
                stream.label("image-" + i, label);
            }
            stream.flush();
            rig.awaitVersion(1);

            ModelPublished version = rig.registry.model(1).orElseThrow();
            assertThat(version.getBackbone()).isEqualTo(file.id());
            assertThat(version.getLabels()).containsExactly("ant", "bee");
            try (OnnxModel model = new OnnxModel(rig.settings.store().read(version.getModel()))) {
                assertThat(model.metadata()).containsEntry("backbone", file.id());
            }
        }
    }

    @Test
    void a_classifier_that_is_not_there_is_waited_for_and_named() throws Exception {
        BackboneSource source = ConfiguredBackbone.source(net().toString(), directory.resolve("cache"), Map.of());
        try (TrainerRig rig = new TrainerRig(directory, stream, prefix, IMAGES, source)) {
            rig.controlPlane.start();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(rig.controlPlane.obstacle())
                    .contains("the backbone " + net() + " can't be had: there is no such file on the machine of this"
                            + " service"));

            Files.write(net(), Classifiers.smallFile());

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> rig.controlPlane.obstacle().isEmpty());
            assertThat(rig.registry.rollout().orElseThrow().getBackbone().getName())
                    .isEqualTo("net");
        }
    }

    private BackboneSource classifier() throws IOException {
        Files.write(net(), Classifiers.smallFile());
        return ConfiguredBackbone.source(net().toString(), directory.resolve("cache"), Map.of());
    }

    private Path net() {
        return directory.resolve("net.onnx");
    }
}
