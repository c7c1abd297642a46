package io.headwater.local.launch;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One child process that is started again when it dies without having been asked to. Thread-safe. */
final class SupervisedProcess {

    private static final int LINES_TO_TELL = 12;
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    private final Service service;
    private final Supplier<ProcessBuilder> command;
    private final LogFile log;
    private final RunDirectory run;
    private final Backoff backoff;
    private final ScheduledExecutorService timer;
    private final ClusterListener listener;

    private Process process;
    private Instant startedAt = Instant.EPOCH;
    private int deaths;
    private boolean wanted;
    private boolean retired;

    SupervisedProcess(
            Service service,
            Supplier<ProcessBuilder> command,
            LogFile log,
            RunDirectory run,
            Backoff backoff,
            ScheduledExecutorService timer,
            ClusterListener listener) {
        this.service = service;
        this.command = command;
        this.log = log;
        this.run = run;
        this.backoff = backoff;
        this.timer = timer;
        this.listener = listener;
    }

    /** Starts it; does nothing when it runs. From now on it is kept running. */
    synchronized void start() {
        if (retired) {
            throw new StartException(service.title() + " is being stopped.");
        }
        wanted = true;
        deaths = 0;
        if (handle().isEmpty()) {
            try {
                launch();
            } catch (IOException e) {
                wanted = false;
                throw new StartException("%s could not be started: %s".formatted(service.title(), e.getMessage()), e);
            }
        }
    }

    private void launch() throws IOException {
        log.begin();
        Process launched = command.get()
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()))
                .start();
        process = launched;
        startedAt = Instant.now();
        run.record(service, launched.toHandle());
        launched.onExit().thenAccept(this::ended);
    }

    private void ended(Process which) {
        Duration wait;
        synchronized (this) {
            if (which != process || !wanted) {
                return;
            }
            deaths = backoff.forgets(Duration.between(startedAt, Instant.now())) ? 1 : deaths + 1;
            wait = backoff.after(deaths);
        }
        listener.died(service, which.exitValue(), log.tail(LINES_TO_TELL), wait);
        later(wait);
    }

    private void later(Duration wait) {
        try {
            timer.schedule(this::again, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Everything is being stopped.
        }
    }

    private void again() {
        synchronized (this) {
            if (!wanted || handle().isPresent()) {
                return;
            }
            try {
                launch();
            } catch (IOException | RuntimeException e) {
                deaths++;
                later(backoff.after(deaths));
                return;
            }
        }
        listener.restarted(service);
    }

    /** The process, when it lives. */
    synchronized Optional<ProcessHandle> handle() {
        return Optional.ofNullable(process).filter(Process::isAlive).map(Process::toHandle);
    }

    /** How long ago it was last started. */
    synchronized Duration age() {
        return Duration.between(startedAt, Instant.now());
    }

    /** What it last wrote. */
    List<String> lastLines() {
        return log.tail(LINES_TO_TELL);
    }

    /** Where it writes. */
    LogFile log() {
        return log;
    }

    /** SIGKILL; it stays down until {@link #start}. */
    void kill() {
        unwanted().ifPresent(handle -> {
            handle.destroyForcibly();
            StopOrder.await(handle, KILL_PATIENCE);
        });
        run.forget(service);
    }

    /** Asks it to end and waits, kills it when it does not; it stays down until {@link #start}. */
    void stop(Duration patience) {
        unwanted().ifPresent(handle -> StopOrder.end(handle, patience));
        run.forget(service);
    }

    /** As {@link #stop}, for ever. */
    void retire(Duration patience) {
        synchronized (this) {
            retired = true;
        }
        stop(patience);
    }

    private synchronized Optional<ProcessHandle> unwanted() {
        wanted = false;
        return handle();
    }
}
