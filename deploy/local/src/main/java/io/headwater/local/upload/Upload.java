package io.headwater.local.upload;

import io.headwater.local.client.Answer;
import io.headwater.local.client.FrontDoor;
import io.headwater.local.client.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends the images of a folder to the front door, several at a time, and remembers each that was accepted. */
public final class Upload {

    private final FrontDoor door;
    private final Journal journal;
    private final Options options;

    /**
     * How to send.
     *
     * @param rate images a second; 0 is as fast as can be
     * @param limit at most that many images of the folder, those sent before included; 0 is all
     * @param concurrency how many at a time
     * @param patience how long one image may wait for a door that is busy or away
     */
    public record Options(double rate, int limit, int concurrency, Duration patience) {}

    /** Hears how it goes; calls come from several threads. */
    public interface Progress {
        /** So many are to be sent, and so many were sent before. */
        void begin(int toSend, int sentBefore);

        /** One more is done, accepted or not. */
        void step();
    }

    /**
     * An image that was not accepted.
     *
     * @param file its name in the folder
     * @param reason for people
     */
    public record Failure(String file, String reason) {}

    /**
     * How it ended.
     *
     * @param accepted now
     * @param sentBefore by earlier uploads
     * @param failures what was not accepted, by name
     */
    public record Report(int accepted, int sentBefore, List<Failure> failures) {}

    /** To that door, with that memory. */
    public Upload(FrontDoor door, Journal journal, Options options) {
        this.door = door;
        this.journal = journal;
        this.options = options;
    }

    /**
     * Sends what was not sent before.
     *
     * @throws UnreachableException when the front door is away for longer than the patience; what was accepted is
     *     remembered
     */
    public Report run(ImageFolder folder, Progress progress) throws IOException, InterruptedException {
        List<ImageFile> chosen = folder.files();
        if (options.limit() > 0 && options.limit() < chosen.size()) {
            chosen = chosen.subList(0, options.limit());
        }
        List<ImageFile> toSend = new ArrayList<>();
        for (ImageFile file : chosen) {
            if (!journal.has(file)) {
                toSend.add(file);
            }
        }
        int before = chosen.size() - toSend.size();
        progress.begin(toSend.size(), before);
        var accepted = new AtomicInteger();
        List<Failure> failures = Collections.synchronizedList(new ArrayList<>());
        sendAll(toSend, progress, accepted, failures);
        failures.sort(Comparator.comparing(Failure::file));
        return new Report(accepted.get(), before, List.copyOf(failures));
    }

    private void sendAll(List<ImageFile> toSend, Progress progress, AtomicInteger accepted, List<Failure> failures)
            throws IOException, InterruptedException {
        var queue = new ConcurrentLinkedQueue<>(toSend);
        var pace = new Pace(options.rate());
        ExecutorService workers = Executors.newFixedThreadPool(options.concurrency());
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < options.concurrency(); i++) {
            running.add(workers.submit(() -> {
                for (ImageFile file = queue.poll(); file != null; file = queue.poll()) {
                    pace.await();
                    if (send(file, failures)) {
                        journal.add(file);
                        accepted.incrementAndGet();
                    }
                    progress.step();
                }
                return null;
            }));
        }
        try {
            for (Future<?> worker : running) {
                worker.get();
            }
        } catch (ExecutionException e) {
            queue.clear();
            rethrow(e.getCause());
        } finally {
            workers.shutdownNow();
            if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
                failures.add(new Failure("(all)", "A request did not end in time."));
            }
        }
    }

    private static void rethrow(Throwable cause) throws IOException {
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        throw new IllegalStateException(cause);
    }

    private boolean send(ImageFile file, List<Failure> failures) throws InterruptedException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file.path());
        } catch (IOException e) {
            failures.add(new Failure(file.name(), "can't be read: " + e.getMessage()));
            return false;
        }
        Answer answer = persistently(file, bytes);
        if (answer instanceof Answer.Accepted) {
            return true;
        }
        failures.add(new Failure(
                file.name(),
                answer instanceof Answer.Refused refused
                        ? refused.status() + ": " + refused.detail()
                        : "the ingest-service stayed busy for "
                                + options.patience().toSeconds() + " s"));
        return false;
    }

    /** Tries again while the door is busy or away; an image has the same id each time, so none is taken twice. */
    private Answer persistently(ImageFile file, byte[] bytes) throws InterruptedException {
        long deadline = System.nanoTime() + options.patience().toNanos();
        while (true) {
            Duration wait;
            try {
                Answer answer = door.post(bytes, MediaTypes.of(file.path()), file.label(), Optional.empty());
                if (!(answer instanceof Answer.Busy busy) || past(deadline, busy.retryAfter())) {
                    return answer;
                }
                wait = busy.retryAfter();
            } catch (UnreachableException e) {
                wait = Duration.ofSeconds(1);
                if (past(deadline, wait)) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        }
    }

    private static boolean past(long deadline, Duration wait) {
        return System.nanoTime() + wait.toNanos() > deadline;
    }
}
