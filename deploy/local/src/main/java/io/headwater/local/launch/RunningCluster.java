package io.headwater.local.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be known of, and done to, the Headwater of a home from another process. */
public final class RunningCluster {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final RunDirectory run;

    /** Of that home, whether or not something runs in it. */
    public RunningCluster(Home home) {
        this.run = new RunDirectory(home.run());
    }

    /** Its ports, when it runs. */
    public Optional<Ports> ports() {
        return run.ports();
    }

    /** The process of one of its services, when it lives. */
    public Optional<ProcessHandle> process(Service service) {
        return run.alive(service);
    }

    /**
     * Stops it and waits for it; what a killed `up` left behind is stopped too.
     *
     * @return whether there was something to stop
     * @throws StartException when it does not stop in time
     */
    public boolean stop() throws InterruptedException {
        Optional<ProcessHandle> owner = run.owner().flatMap(ProcessRecord::alive);
        if (owner.isPresent()) {
            owner.get().destroy();
            if (!StopOrder.await(owner.get(), PATIENCE)) {
                throw new StartException("Process %d was asked to stop and has not within %d s."
                        .formatted(owner.get().pid(), PATIENCE.toSeconds()));
            }
            return true;
        }
        try (var lock = run.lock().orElseThrow(() -> new StartException("Headwater is just starting; try again."))) {
            List<Service> orphans = run.stopOrphans();
            return lock.isOpen() && !orphans.isEmpty();
        } catch (IOException e) {
            throw new StartException("The lock can't be given back: " + e.getMessage(), e);
        }
    }
}
