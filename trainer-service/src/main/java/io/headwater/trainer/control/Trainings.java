package io.headwater.trainer.control;

import io.headwater.trainer.training.TrainingPolicy;
import io.headwater.trainer.trainingset.ClassCount;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Who asked for a training, what runs, and how the last one ended. Thread safe; it decides nothing by itself. */
public final class Trainings {
    private final TrainingPolicy policy;
    private final Clock clock;
    private Optional<String> request = Optional.empty();
    private Optional<Running> running = Optional.empty();
    private Optional<Ended> last = Optional.empty();
    private String waitingFor = "The topics have not been read yet.";

    /** Nothing has happened yet. */
    public Trainings(TrainingPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * A training that runs.
     *
     * @param trigger what started it; a sentence for people
     * @param since when it started
     */
    public record Running(String trigger, Instant since) {}

    /**
     * A training that has ended.
     *
     * @param result {@code stable}, {@code rejected} or {@code failed}
     * @param version the version that came out of it; empty when it failed
     * @param reason why it ended so; a sentence for people
     * @param trigger what had started it
     * @param startedAt when it started
     * @param endedAt when it ended
     */
    public record Ended(
            String result, Optional<Long> version, String reason, String trigger, Instant startedAt, Instant endedAt) {}

    /**
     * All of it.
     *
     * @param running what runs now
     * @param requested whether a training was asked for that has not started yet
     * @param waitingFor why none runs; a sentence for people
     * @param last how the last one ended
     */
    public record State(Optional<Running> running, boolean requested, String waitingFor, Optional<Ended> last) {}

    /** The answer to somebody who asks for a training. */
    public sealed interface Answer {}

    /** It will start at once. */
    public record Accepted() implements Answer {}

    /**
     * It will not start.
     *
     * @param reason why not; a sentence for people
     * @param running what runs now, if that is why
     */
    public record Refused(String reason, Optional<Running> running) implements Answer {}

    /** Asks for a training of these examples. */
    public synchronized Answer request(String reason, Map<String, ClassCount> classes) {
        if (running.isPresent()) {
            return new Refused("A training is running: " + running.get().trigger(), running);
        }
        if (request.isPresent()) {
            return new Refused("A training has been requested already and is about to start.", Optional.empty());
        }
        Optional<String> obstacle = policy.obstacle(classes);
        if (obstacle.isPresent()) {
            return new Refused(obstacle.get(), Optional.empty());
        }
        request = Optional.of(reason);
        notifyAll();
        return new Accepted();
    }

    /** All of it. */
    public synchronized State state() {
        return new State(running, request.isPresent(), waitingFor, last);
    }

    /** Waits until somebody asks for a training, at most {@code millis}. */
    @SuppressWarnings("WaitNotInLoop") // Waking up early only makes the policy look earlier.
    synchronized void awaitRequest(long millis) throws InterruptedException {
        if (request.isEmpty()) {
            wait(millis);
        }
    }

    synchronized Optional<String> request() {
        return request;
    }

    /** A request that came after the decision was made stays. */
    synchronized void waiting(String reason, Optional<String> decidedRequest) {
        if (decidedRequest.isPresent()) {
            request = Optional.empty();
        }
        waitingFor = reason;
    }

    synchronized Running started(String trigger) {
        request = Optional.empty();
        Running started = new Running(trigger, clock.instant());
        running = Optional.of(started);
        return started;
    }

    synchronized void ended(String result, Optional<Long> version, String reason) {
        Running ran = running.orElseThrow();
        running = Optional.empty();
        waitingFor = "The last training has ended.";
        last = Optional.of(new Ended(result, version, reason, ran.trigger(), ran.since(), clock.instant()));
    }
}
