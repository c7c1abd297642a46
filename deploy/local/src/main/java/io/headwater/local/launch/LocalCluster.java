package io.headwater.local.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All of Headwater as processes on this machine: a Kafka broker and the three services, kept running until it is closed.
 *
 * <p>One per {@link Home}; the data in the home survive, and starting again goes on from there. Children that a killed
 * predecessor left behind are stopped first.
 */
public final class LocalCluster implements AutoCloseable {

    private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(60);
    // The trainer's first start unpacks 400 MB of native libraries.
    private static final Duration SERVICE_PATIENCE = Duration.ofSeconds(180);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 300;

    private final Home home;
    private final Ports ports;
    private final RunDirectory run;
    private final ClusterListener listener;
    private final Readiness readiness;
    private final ScheduledExecutorService timer;
    private final Map<Service, SupervisedProcess> processes = new EnumMap<>(Service.class);
    private volatile FileChannel lock;
    private volatile boolean closed;

    private LocalCluster(Builder builder) {
        this.home = builder.home;
        this.ports = builder.ports;
        this.listener = builder.listener;
        this.run = new RunDirectory(home.run());
        this.readiness = new Readiness(ports);
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "headwater-restarts");
            thread.setDaemon(true);
            return thread;
        });
        var commands = new ServiceProcess(home, ports, builder.distribution, builder.settings);
        for (Service service : Service.values()) {
            processes.put(
                    service,
                    new SupervisedProcess(
                            service,
                            () -> commands.of(service),
                            new LogFile(home.log(service)),
                            run,
                            Backoff.DEFAULT,
                            timer,
                            listener));
        }
    }

    /** What a cluster is made of; the defaults are those of {@code ./headwater up}. */
    public static final class Builder {

        private final Home home;
        private final Ports ports;
        private final Map<Service, Map<String, String>> settings = new EnumMap<>(Service.class);
        private Distribution distribution;
        private ClusterListener listener = ClusterListener.SILENT;

        private Builder(Home home, Ports ports) {
            this.home = home;
            this.ports = ports;
        }

        /** Who hears what happens. */
        public Builder listener(ClusterListener who) {
            this.listener = who;
            return this;
        }

        /** A setting of one service, by its configuration key. */
        public Builder set(Service service, String key, String value) {
            settings.computeIfAbsent(service, any -> new HashMap<>()).put(key, value);
            return this;
        }

        /** Which built project to run; by default the one that is found by {@link Distribution#locate}. */
        public Builder distribution(Distribution built) {
            this.distribution = built;
            return this;
        }

        /** Not started yet. */
        public LocalCluster build() {
            if (distribution == null) {
                distribution = Distribution.locate();
            }
            return new LocalCluster(this);
        }
    }

    /** A cluster with all state in that home, on those ports. */
    public static Builder builder(Home home, Ports ports) {
        return new Builder(home, ports);
    }

    /**
     * Starts everything and returns when everything is ready.
     *
     * @throws StartException when it can't: another one runs in this home, a port is taken, a service ends or does not get
     *     ready in time. Then nothing is left running.
     */
    public void start() throws InterruptedException {
        lock = run.lock().orElseThrow(this::alreadyRunning);
        try {
            for (var directory : List.of(home.kafka(), home.artifacts(), home.streams(), home.logs(), home.cache())) {
                Files.createDirectories(directory);
            }
            List<Service> orphans = run.stopOrphans();
            if (!orphans.isEmpty()) {
                listener.orphansStopped(orphans);
            }
            ports.requireFree();
            run.recordOwner(ports);
            start(Service.KAFKA);
            List<Service> others = List.of(Service.INGEST, Service.INFERENCE, Service.TRAINER);
            others.forEach(service -> processes.get(service).start());
            for (Service service : others) {
                awaitReady(service);
            }
        } catch (IOException e) {
            close();
            throw new StartException(
                    "The directories under %s can't be made: %s".formatted(home.root(), e.getMessage()), e);
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private StartException alreadyRunning() {
        String where =
                run.ports().map(Ports::addresses).map(a -> " at " + a.ingest()).orElse("");
        return new StartException(
                "Headwater already runs with its state in %s%s. Stop it with ./headwater down, or set %s for a second one."
                        .formatted(home.root(), where, Home.VARIABLE));
    }

    /** Starts a service that was stopped or killed, and returns when it is ready. */
    public void start(Service service) throws InterruptedException {
        processes.get(service).start();
        awaitReady(service);
    }

    /**
     * Waits until a service is ready.
     *
     * @throws StartException when it ends before, or is not ready in time
     */
    public void awaitReady(Service service) throws InterruptedException {
        SupervisedProcess process = processes.get(service);
        Duration patience = service == Service.KAFKA ? KAFKA_PATIENCE : SERVICE_PATIENCE;
        long begin = System.nanoTime();
        while (!readiness.of(service)) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            if (closed) {
                throw new StartException("Stopped before " + service.title() + " was ready.");
            }
            if (process.handle().isEmpty()) {
                throw notReady(process, service.title() + " ended while it started.");
            }
            if (waited.compareTo(patience) > 0) {
                throw notReady(
                        process, "%s was not ready within %d s.".formatted(service.title(), patience.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        listener.ready(service, process.age());
    }

    private static StartException notReady(SupervisedProcess process, String what) {
        return new StartException("%s The end of %s:%n  %s"
                .formatted(
                        what, process.log().path(), String.join(System.lineSeparator() + "  ", process.lastLines())));
    }

    /** Stops a service cleanly; it stays down until {@link #start(Service)}. Its data stay. */
    public void stop(Service service) {
        processes.get(service).stop(STOP_PATIENCE);
    }

    /** SIGKILL to a service; it stays down until {@link #start(Service)}. */
    public void kill(Service service) {
        processes.get(service).kill();
    }

    /** Stops a service and starts it again; returns when it is ready. */
    public void restart(Service service) throws InterruptedException {
        stop(service);
        start(service);
    }

    /** The process of a service, when it lives. Killing it through this handle lets the cluster start it again by itself. */
    public Optional<ProcessHandle> process(Service service) {
        return processes.get(service).handle();
    }

    /** Where the services are. */
    public Addresses addresses() {
        return ports.addresses();
    }

    /** Where its state is. */
    public Home home() {
        return home;
    }

    /** Whether it was started, at least partly, and not closed. */
    public boolean isOpen() {
        return lock != null && !closed;
    }

    /** Stops everything, in order, within about a minute at the very most; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (lock == null || closed) {
            return;
        }
        closed = true;
        timer.shutdownNow();
        processes.get(Service.INGEST).retire(STOP_PATIENCE);
        retireTogether(Service.INFERENCE, Service.TRAINER);
        processes.get(Service.KAFKA).retire(STOP_PATIENCE);
        run.forgetOwner();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void retireTogether(Service... services) {
        List<Thread> threads = new ArrayList<>();
        for (Service service : services) {
            Thread thread = new Thread(() -> processes.get(service).retire(STOP_PATIENCE), "stop-" + service.title());
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
