package io.headwater.trainer.control;

import io.headwater.topics.IncompatibleTopicException;
import io.headwater.trainer.training.PyTorch;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Starts and stops the trainer with the service. */
@Singleton
class TrainerLifecycle {
    private static final Logger LOG = Logger.getLogger(TrainerLifecycle.class);

    private final ControlPlane controlPlane;

    TrainerLifecycle(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    /** Stops the service: somebody has to put the topic right first. */
    static void refuse(IncompatibleTopicException e) {
        LOG.fatal(e.getMessage());
        Quarkus.asyncExit(1);
    }

    void start(@Observes StartupEvent event) {
        controlPlane.start();
        // Loading takes seconds the first time: rather now than when the first labels wait.
        Thread loading = new Thread(() -> LOG.infof("PyTorch loaded version=%s", PyTorch.load()), "load-pytorch");
        loading.setDaemon(true);
        loading.start();
    }

    void stop(@Observes ShutdownEvent event) {
        controlPlane.close();
    }
}
