package io.headwater.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.inference.fixture.TinyModels;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With the ONNX Runtime that the tests have, which is the one for the CPU. */
class EngineTest {
    private static final Optional<String> NO_DRIVER = Optional.of("there is no driver");

    @Test
    void cuda_is_refused_with_what_is_missing_and_what_to_do() {
        assertThatThrownBy(() -> Engine.of(Device.CUDA, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("headwater.inference.device is cuda, but this service was built with ONNX Runtime for the"
                        + " CPU: build it with -Donnxruntime.artifact=onnxruntime_gpu; or set it to auto, which then"
                        + " takes the CPU, or to cpu");
    }

    @Test
    void auto_takes_the_cpu_says_why_and_embeds() {
        Engine engine = Engine.of(Device.AUTO, 1);

        assertThat(engine.device()).isEqualTo("cpu");
        assertThat(engine.missing().orElseThrow()).contains("-Donnxruntime.artifact=onnxruntime_gpu");
        try (Backbone backbone =
                Backbone.load("x", TinyModels.backbone(1), TinyModels.INPUT, TinyModels.DIMENSION, engine)) {
            assertThat(backbone.precision()).isEqualTo("fp32");
        }
    }

    @Test
    void auto_takes_the_gpu_when_nothing_is_missing_and_cpu_does_not_even_look() {
        assertThat(Engine.choose(Device.AUTO, Optional::empty)).isEqualTo(new Engine.Choice(true, Optional.empty()));
        assertThat(Engine.choose(Device.CUDA, Optional::empty)).isEqualTo(new Engine.Choice(true, Optional.empty()));
        assertThat(Engine.choose(Device.AUTO, () -> NO_DRIVER)).isEqualTo(new Engine.Choice(false, NO_DRIVER));
        assertThat(Engine.choose(Device.CPU, () -> {
                    throw new AssertionError("looked for a GPU");
                }))
                .isEqualTo(new Engine.Choice(false, Optional.empty()));
    }

    @Test
    void no_thread_at_all_is_refused_with_its_key() {
        assertThatThrownBy(() -> Engine.cpu(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("headwater.inference.intra-op-threads is 0, but must be at least 1");
    }
}
