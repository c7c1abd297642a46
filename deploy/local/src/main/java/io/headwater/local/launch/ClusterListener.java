package io.headwater.local.launch;

import java.time.Duration;
import java.util.List;

/** Hears what happens to the processes. Calls come from several threads. */
public interface ClusterListener {

    /** Hears and does nothing. */
    ClusterListener SILENT = new ClusterListener() {};

    /** Children of an `up` that was killed were found and stopped. */
    default void orphansStopped(List<Service> services) {}

    /** A service answers that it is ready. */
    default void ready(Service service, Duration took) {}

    /**
     * A service ended though nobody had asked it to.
     *
     * @param lastLines what it last wrote to its log
     * @param restartIn when it will be started again
     */
    default void died(Service service, int exitCode, List<String> lastLines, Duration restartIn) {}

    /** A service that had died was started again. */
    default void restarted(Service service) {}
}
