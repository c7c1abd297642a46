package io.headwater.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.trainer.control.TrainerConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingConfigTest {

    @Test
    void defaults() {
        SmallRyeConfig config = config(Map.of("user.home", "/home/x"));
        TrainingConfig training = config.getConfigMapping(TrainingConfig.class);
        TrainerConfig trainer = config.getConfigMapping(TrainerConfig.class);

        assertThat(training.minNewLabels()).isEqualTo(50);
        assertThat(training.maxLabelAge()).isEqualTo(Duration.ofSeconds(30));
        assertThat(training.minExamplesPerClass()).isEqualTo(5);
        assertThat(training.cooldown()).isEqualTo(Duration.ofSeconds(5));
        assertThat(training.labelWindow()).isEqualTo(Duration.ofDays(30));
        assertThat(training.hyperparameters()).isEqualTo(Hyperparameters.DEFAULT);
        assertThat(trainer.stateDir()).isEqualTo(Path.of("/home/x/.headwater/trainer"));
    }

    @Test
    void names() {
        SmallRyeConfig config = config(Map.ofEntries(
                Map.entry("headwater.training.min-new-labels", "7"),
                Map.entry("headwater.training.max-label-age", "2m"),
                Map.entry("headwater.training.min-examples-per-class", "3"),
                Map.entry("headwater.training.cooldown", "1s"),
                Map.entry("headwater.training.label-window", "2d"),
                Map.entry("headwater.training.epochs", "2"),
                Map.entry("headwater.training.min-steps", "9"),
                Map.entry("headwater.training.batch-size", "16"),
                Map.entry("headwater.training.learning-rate", "0.5"),
                Map.entry("headwater.training.hidden-units", "64"),
                Map.entry("headwater.training.l2-grid", "1,2.5"),
                Map.entry("headwater.training.folds", "3"),
                Map.entry("headwater.training.label-smoothing", "0.25"),
                Map.entry("headwater.training.patience", "7"),
                Map.entry("headwater.training.seed", "4"),
                Map.entry("headwater.trainer.state-dir", "/s")));
        TrainingConfig training = config.getConfigMapping(TrainingConfig.class);
        TrainerConfig trainer = config.getConfigMapping(TrainerConfig.class);

        assertThat(training.policy()).isEqualTo(new TrainingPolicy(7, Duration.ofMinutes(2), 3, Duration.ofSeconds(1)));
        assertThat(training.labelWindow()).isEqualTo(Duration.ofDays(2));
        assertThat(training.hyperparameters())
                .isEqualTo(new Hyperparameters(64, 2, 9, 16, 0.5f, List.of(1f, 2.5f), 3, 0.25f, 7, 4));
        assertThat(trainer.stateDir()).isEqualTo(Path.of("/s"));
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(TrainingConfig.class)
                .withMapping(TrainerConfig.class)
                .withDefaultValues(values)
                .withDefaultValue("user.home", "/home/x")
                .build();
    }
}
