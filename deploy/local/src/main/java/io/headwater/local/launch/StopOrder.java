package io.headwater.local.launch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** In which order processes are stopped, and how: asked first, killed when they do not listen. */
final class StopOrder {

    /** The door first, then who works on what came through it, Kafka last: all others need it to finish. */
    private static final List<Service> ORDER =
            List.of(Service.INGEST, Service.INFERENCE, Service.TRAINER, Service.KAFKA);

    private StopOrder() {}

    static List<Service> all() {
        return ORDER;
    }

    /** Asks a process to end, waits, and kills it when it has not. */
    static void end(ProcessHandle handle, Duration patience) {
        handle.destroy();
        if (!await(handle, patience)) {
            handle.destroyForcibly();
            await(handle, patience);
        }
    }

    /** Whether the process has ended within that time. */
    static boolean await(ProcessHandle handle, Duration patience) {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !handle.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
