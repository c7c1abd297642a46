package io.headwater.trainer.trainings;

import io.headwater.events.TrainingCause;
import io.headwater.trainer.training.Progress;
import io.headwater.trainer.training.TrainingPhase;
import io.headwater.trainer.training.Trigger;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The trainings of this trainer: at most one that was asked for, at most one that runs, and the last {@value #REMEMBERED}
 * that ended. In memory only. Thread safe; it decides nothing by itself.
 */
public final class Trainings {
    /** Ended trainings that are remembered. */
    public static final int REMEMBERED = 200;

    private final Clock clock;
    private final Deque<TrainingJob> ended = new ArrayDeque<>();
    private Optional<TrainingJob> requested = Optional.empty();
    private Optional<TrainingJob> running = Optional.empty();
    private String waitingFor = "The topics have not been read yet.";

    /** Nothing has happened yet. */
    public Trainings(Clock clock) {
        this.clock = clock;
    }

    /**
     * All of it.
     *
     * @param requested what was asked for and has not started
     * @param running what runs now
     * @param ended what has ended, the last first
     * @param waitingFor why none runs; a sentence for people
     */
    public record State(
            Optional<TrainingJob> requested,
            Optional<TrainingJob> running,
            List<TrainingJob> ended,
            String waitingFor) {
        /** How the last one ended. */
        public Optional<TrainingJob> last() {
            return ended.stream().findFirst();
        }

        /** All of them, newest first. */
        public List<TrainingJob> newestFirst() {
            return Stream.of(requested.stream(), running.stream(), ended.stream())
                    .flatMap(jobs -> jobs)
                    .toList();
        }
    }

    /** The answer to somebody who asks for a training. */
    public sealed interface Answer {}

    /**
     * It will start at once.
     *
     * @param job the one that was asked for; the same for all who ask before it starts
     */
    public record Accepted(TrainingJob job) implements Answer {}

    /**
     * It will not start.
     *
     * @param reason why not; a sentence for people
     * @param running what runs now, if that is why
     */
    public record Refused(String reason, Optional<TrainingJob> running) implements Answer {}

    /** The answer to somebody who cancels a training. */
    public enum Cancelled {
        /** It had not started, and never will. */
        AT_ONCE,
        /** It will stop in a moment. */
        STOPPING,
        /** It is being published. */
        TOO_LATE,
        /** It had ended before. */
        HAD_ENDED,
        /** There is no such training. */
        UNKNOWN
    }

    /**
     * Asks for a training.
     *
     * @param reason why; a sentence for people
     * @param obstacle why none can start now, whoever asks
     */
    public synchronized Answer request(String reason, Optional<String> obstacle) {
        if (running.isPresent()) {
            return new Refused(
                    "A training is running: " + running.get().trigger().sentence(), running);
        }
        if (obstacle.isPresent()) {
            return new Refused(obstacle.get(), Optional.empty());
        }
        TrainingJob job = requested.orElseGet(() -> TrainingJob.requested(
                newId(), new Trigger(TrainingCause.REQUESTED, "Requested: " + reason), clock.instant()));
        requested = Optional.of(job);
        notifyAll();
        return new Accepted(job);
    }

    /** Stops a training, or keeps it from starting. */
    public synchronized Cancelled cancel(String id) {
        if (is(requested, id)) {
            end(requested
                    .get()
                    .ended(TrainingState.CANCELLED, Optional.empty(), "Cancelled before it began.", clock.instant()));
            requested = Optional.empty();
            return Cancelled.AT_ONCE;
        }
        if (is(running, id)) {
            if (running.get().phase().filter(TrainingPhase.PUBLISHING::equals).isPresent()) {
                return Cancelled.TOO_LATE;
            }
            running = running.map(TrainingJob::stopping);
            return Cancelled.STOPPING;
        }
        return find(id).isPresent() ? Cancelled.HAD_ENDED : Cancelled.UNKNOWN;
    }

    /** All of it. */
    public synchronized State state() {
        return new State(requested, running, List.copyOf(ended), waitingFor);
    }

    /** One training, if it is remembered. */
    public synchronized Optional<TrainingJob> find(String id) {
        return state().newestFirst().stream().filter(job -> job.id().equals(id)).findFirst();
    }

    /** Waits until somebody asks for a training, at most {@code millis}; gives what was asked for. */
    @SuppressWarnings("WaitNotInLoop") // Waking up early only makes the policy look earlier.
    public synchronized Optional<TrainingJob> awaitRequest(long millis) throws InterruptedException {
        if (requested.isEmpty()) {
            wait(millis);
        }
        return requested;
    }

    /** None starts now. */
    public synchronized void waiting(String reason) {
        waitingFor = reason;
    }

    /** What was asked for can't be had. */
    public synchronized void drop(TrainingJob request, String reason) {
        if (is(requested, request.id())) {
            end(request.ended(TrainingState.FAILED, Optional.empty(), reason, clock.instant()));
            requested = Optional.empty();
        }
    }

    /**
     * One starts; none may be running.
     *
     * @param request what was asked for, if this is it. What is asked for later waits for the next.
     */
    public synchronized Run start(Trigger trigger, Optional<TrainingJob> request) {
        if (running.isPresent()) {
            throw new IllegalStateException("training " + running.get().id() + " is running");
        }
        Optional<TrainingJob> taken = request.filter(job -> is(requested, job.id()));
        if (taken.isPresent()) {
            requested = Optional.empty();
        }
        TrainingJob job = TrainingJob.running(
                taken.map(TrainingJob::id).orElseGet(Trainings::newId),
                trigger,
                taken.flatMap(TrainingJob::requestedAt),
                clock.instant());
        running = Optional.of(job);
        return new Run();
    }

    /** The training that runs, for the thread that runs it. */
    public final class Run implements Progress {
        private Run() {}

        @Override
        public void entered(TrainingPhase phase) {
            synchronized (Trainings.this) {
                // At one go with the change of phase: whoever cancels is told truly whether it still helps.
                check();
                running = running.map(job -> job.in(phase));
            }
        }

        @Override
        public boolean requested() {
            synchronized (Trainings.this) {
                return running.filter(TrainingJob::cancelling).isPresent();
            }
        }

        /** It is over. */
        public TrainingJob ended(TrainingState how, Optional<Long> version, String reason) {
            synchronized (Trainings.this) {
                TrainingJob job = running.orElseThrow().ended(how, version, reason, clock.instant());
                running = Optional.empty();
                waitingFor = "The last training has ended.";
                end(job);
                return job;
            }
        }
    }

    private void end(TrainingJob job) {
        ended.addFirst(job);
        if (ended.size() > REMEMBERED) {
            ended.removeLast();
        }
    }

    private static boolean is(Optional<TrainingJob> job, String id) {
        return job.filter(present -> present.id().equals(id)).isPresent();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
