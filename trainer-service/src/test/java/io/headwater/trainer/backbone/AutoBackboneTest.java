package io.headwater.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.artifacts.Sha256;
import io.headwater.trainer.download.Patience;
import io.headwater.trainer.download.RemoteFile;
import io.headwater.trainer.download.WebServer;
import io.headwater.trainer.fixture.Lines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoBackboneTest {
    private static final int SIZE = 32;
    private static final byte[] NET = Classifiers.mobileNetV2(false).file();

    @TempDir
    Path cache;

    @Test
    void imagenet_is_taken_when_it_can_be_had() throws IOException {
        try (WebServer server = new WebServer(NET)) {
            BackboneFile file = auto(server.uri("/mobilenetv2-12.onnx"), Duration.ofSeconds(20))
                    .acquire();

            assertThat(file.name()).isEqualTo("imagenet");
            assertThat(file.dimension()).isEqualTo(304);
        }
    }

    @Test
    void openimages_is_taken_when_imagenet_is_too_slow_and_a_line_says_so() throws IOException {
        try (WebServer server = new WebServer(NET).stalling();
                Lines lines = new Lines(AutoBackbone.class)) {
            BackboneFile file =
                    auto(server.uri("/net.onnx"), Duration.ofMillis(500)).acquire();

            assertThat(file.id())
                    .isEqualTo(BackboneSource.openimages(SIZE).acquire().id());
            assertThat(lines.all()).anySatisfy(line -> assertThat(line)
                    .startsWith("The backbone is openimages, which is bundled, because imagenet could not be"
                            + " had within 500 ms: ")
                    .contains("it did not come within 500 ms")
                    .contains("headwater.backbone=imagenet would change it"));
        }
    }

    @Test
    void openimages_is_taken_when_what_came_is_another_file() throws IOException {
        try (WebServer server = new WebServer(new byte[NET.length])) {
            assertThat(auto(server.uri("/net.onnx"), Duration.ofSeconds(20))
                            .acquire()
                            .name())
                    .isEqualTo("openimages");
        }
    }

    @Test
    void a_service_that_is_stopped_meanwhile_chooses_nothing() throws IOException {
        try (WebServer server = new WebServer(NET).stalling()) {
            AutoBackbone auto = auto(server.uri("/net.onnx"), Duration.ofSeconds(20));
            Thread.currentThread().interrupt();

            assertThatThrownBy(auto::acquire).isInstanceOf(BackboneException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void what_was_chosen_once_is_got_again_whatever_can_be_had_now() throws IOException {
        try (WebServer server = new WebServer(NET)) {
            AutoBackbone auto = auto(server.uri("/net.onnx"), Duration.ofSeconds(20));

            assertThat(auto.acquire("openimages").name()).isEqualTo("openimages");
            assertThat(auto.acquire("imagenet").name()).isEqualTo("imagenet");
        }
    }

    @Test
    void imagenet_by_name_is_never_replaced_by_another() throws IOException {
        try (WebServer server = new WebServer(NET)) {
            BackboneSource imagenet =
                    auto(server.uri("/missing"), Duration.ofSeconds(20)).imagenet();

            assertThatThrownBy(imagenet::acquire)
                    .isInstanceOf(BackboneException.class)
                    .hasMessage("the backbone " + server.uri("/missing") + " can't be had: the server answers 404");
        }
    }

    private AutoBackbone auto(URI uri, Duration patience) {
        return new AutoBackbone(
                imagenet(uri, Patience.upTo(patience)),
                imagenet(uri, Patience.LONG),
                new BundledBackbone(SIZE),
                patience);
    }

    private ClassifierBackbone imagenet(URI uri, Patience patience) {
        return ImageNetBackbone.of(
                new RemoteFile(uri, Optional.of(Sha256.of(NET)), Optional.of((long) NET.length), cache, patience),
                SIZE);
    }
}
