package io.headwater.trainer.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Backbone;
import io.headwater.serde.EventFormat;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.artifacts.DirectoryStore;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.download.WebServer;
import io.headwater.trainer.fixture.ConfiguredBackbone;
import io.headwater.trainer.fixture.Stream;
import io.headwater.trainer.fixture.TestBroker;
import io.headwater.trainer.registry.Publisher;
import io.headwater.trainer.registry.Recording;
import io.headwater.trainer.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of a backbone is made once. */
class BackbonesTest {
    @TempDir
    Path directory;

    private final String prefix = TestBroker.freshPrefix();
    private final Registry registry = new Registry();
    private ArtifactStore store;
    private Stream stream;
    private Recording recording;
    private WebServer server;

    @BeforeEach
    void open() throws IOException {
        server = new WebServer(new byte[] {1, 2, 3});
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
        server.close();
    }

    @Test
    void what_auto_chose_at_the_first_start_is_recorded_and_stays() {
        Backbone first = backbones("auto").establish();

        assertThat(first.getName()).isEqualTo("openimages");
        assertThat(backbones("auto").establish()).isEqualTo(first);
        assertThat(registry.rollout().orElseThrow().getGeneration()).isEqualTo(1);
        assertThat(server.requests()).as("asked at the first start only").hasSize(1);
    }

    @Test
    void the_file_of_what_auto_chose_is_made_again_when_the_store_has_lost_it() {
        Backbone first = backbones("auto").establish();
        store.delete(first.getUri());

        backbones("auto").establish();

        assertThat(backbones("auto").file(first)).hasSize((int) first.getSize());
        assertThat(server.requests()).hasSize(1);
    }

    private Backbones backbones(String name) {
        BackboneSource source = ConfiguredBackbone.source(
                name,
                directory.resolve("cache"),
                Map.of("imagenet-url", server.uri("/mobilenetv2-12.onnx").toString()));
        return new Backbones(source, store, registry, recording, Optional.empty(), change -> {}, Clock.systemUTC());
    }
}
