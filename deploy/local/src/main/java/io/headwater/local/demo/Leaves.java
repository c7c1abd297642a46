package io.headwater.local.demo;

import io.headwater.local.client.Answer;
import io.headwater.local.client.FrontDoor;
import io.headwater.local.launch.StartException;
import io.headwater.local.stream.Leaf;
import io.headwater.local.stream.Light;
import io.headwater.local.stream.SyntheticImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Draws pictures that were never drawn before and sends them to the front door, several at a time. */
final class Leaves implements AutoCloseable {

    private static final int AT_A_TIME = 3;
    private static final int ATTEMPTS = 20;

    private final SyntheticImages images;
    private final FrontDoor door;
    private final AtomicLong next = new AtomicLong();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME, task -> {
        Thread thread = new Thread(task, "demo-sender");
        thread.setDaemon(true);
        return thread;
    });

    Leaves(SyntheticImages images, FrontDoor door) {
        this.images = images;
        this.door = door;
    }

    /** A batch on its way. What is in {@code truth} was accepted: image id to what is really on it. */
    record Batch(int size, Map<String, String> truth, List<Future<?>> sending) {

        /** Waits until all were accepted; fails as soon as one can't be. */
        void await() throws InterruptedException {
            for (Future<?> one : sending) {
                check(one);
            }
        }

        /** Fails when one could not be sent; does not wait for those that are still on their way. */
        void check() throws InterruptedException {
            for (Future<?> one : sending) {
                if (one.isDone()) {
                    check(one);
                }
            }
        }

        private static void check(Future<?> one) throws InterruptedException {
            try {
                one.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException runtime) {
                    throw runtime;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /**
     * Begins to send that many, the kinds in turn.
     *
     * @param label what each is said to be, if anything
     */
    Batch send(int count, List<Leaf> kinds, Light light, Function<Leaf, Optional<Leaf>> label) {
        Map<String, String> truth = new ConcurrentHashMap<>();
        List<Future<?>> sending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Leaf kind = kinds.get(i % kinds.size());
            long number = next.getAndIncrement();
            sending.add(workers.submit(() -> {
                String id = "demo-%05d".formatted(number);
                // Known before it is sent: its prediction may come back before the answer to the upload.
                truth.put(id, kind.label());
                byte[] jpeg = images.jpeg(kind, light, number);
                Optional<String> said = label.apply(kind).map(Leaf::label);
                insist(() -> door.post(jpeg, "image/jpeg", said, Optional.of(id)));
                return null;
            }));
        }
        return new Batch(count, truth, sending);
    }

    /** Says of pictures that were sent without a label what is really on them, and waits until that is safe. */
    void label(Batch batch, String annotator) throws InterruptedException {
        List<Future<?>> sending = new ArrayList<>();
        batch.truth()
                .forEach((id, truth) -> sending.add(workers.submit(() -> {
                    insist(() -> door.label(id, truth, annotator));
                    return null;
                })));
        new Batch(batch.size(), batch.truth(), sending).await();
    }

    private interface Attempt {
        Answer make() throws InterruptedException;
    }

    private static void insist(Attempt attempt) throws InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Answer answer = attempt.make();
            if (answer instanceof Answer.Accepted) {
                return;
            }
            if (answer instanceof Answer.Refused refused) {
                throw new StartException("The ingest-service refused a picture or a label: " + refused.detail());
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new StartException("The ingest-service stayed busy; see its log.");
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
