package io.headwater.local.demo;

import io.headwater.local.client.ControlPlane;
import io.headwater.local.client.ModelVersion;
import io.headwater.local.launch.StartException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for the trainer to have learnt from all labels that were sent. */
final class Training {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    // As long as the trainer gets to start by itself before it is asked.
    private static final Duration BY_ITSELF = Duration.ofSeconds(4);
    private static final long POLL_MILLIS = 300;

    private final ControlPlane trainer;
    private final Narrator narrator;

    Training(ControlPlane trainer, Narrator narrator) {
        this.trainer = trainer;
        this.narrator = narrator;
    }

    /** The first version; nobody asks for it. */
    ModelVersion first() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<ModelVersion> stable = trainer.stable();
            if (stable.isPresent()) {
                return tell(stable.get());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new StartException("No version appeared; see the trainer-service's log.");
    }

    /** A version that knows at least that many labels. The trainer is asked for it when it has not begun by itself. */
    ModelVersion with(int labels) throws InterruptedException {
        long begin = System.nanoTime();
        long asked = begin;
        while (System.nanoTime() - begin < PATIENCE.toNanos()) {
            List<ModelVersion> models = trainer.models();
            Optional<ModelVersion> enough = models.stream()
                    .filter(model -> model.examples() + model.holdoutExamples() >= labels)
                    .reduce((older, newer) -> newer);
            if (enough.isPresent()) {
                return tell(enough.get());
            }
            if (System.nanoTime() - asked > BY_ITSELF.toNanos()) {
                asked = System.nanoTime();
                if (trainer.train()) {
                    narrator.say(
                            "asked the trainer to begin now (POST /trainings) rather than to wait for more labels");
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new StartException("No version learnt from all " + labels + " labels; see the trainer-service's log.");
    }

    private ModelVersion tell(ModelVersion model) {
        narrator.say(
                "v%d is there, %s: %d examples, %d held out; accuracy on those %.3f (before training %.3f)",
                model.version(),
                model.state().toLowerCase(Locale.ROOT),
                model.examples(),
                model.holdoutExamples(),
                model.accuracy(),
                model.initialAccuracy());
        return model;
    }
}
