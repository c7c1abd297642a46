package io.headwater.trainer.control;

import io.headwater.topics.IncompatibleTopicException;
import io.headwater.topics.TopicProvisioner;
import io.headwater.trainer.backbone.BackboneException;
import io.headwater.trainer.leadership.Election;
import io.headwater.trainer.leadership.Role;
import io.headwater.trainer.leadership.Standing;
import io.headwater.trainer.leadership.Term;
import io.headwater.trainer.quality.JudgementsFeed;
import io.headwater.trainer.registry.FencedException;
import io.headwater.trainer.rollouts.Rollouts;
import io.headwater.trainer.trainings.TrainingListener;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;

/**
 * The one thread that decides: makes the topics, reads what is recorded, and stands for election. While this trainer is
 * elected it lets the {@link Leader} train; else it is a standby, which follows everything and decides nothing. While Kafka
 * is away it tries again.
 */
public final class ControlPlane implements Standing, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ControlPlane.class);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration REPLAY_TIMEOUT = Duration.ofMinutes(10);
    private static final long STEP_MILLIS = 500;
    private static final long CLOSE_MILLIS = 30_000;
    private static final long AFTER_FENCE_MILLIS = 1_000;

    private final TrainerSettings settings;
    private final Knowledge knowledge;
    private final JudgementsFeed judgements;
    private final Rollouts rollouts;
    private final Consumer<IncompatibleTopicException> onIncompatible;
    private final TopicState state;
    private final ExamplesFeed examples;
    private final Election election;
    private final Leader leader;
    private final Thread thread = new Thread(this::run, "control-plane");

    private volatile Optional<String> obstacle = Optional.of("It has not started yet.");
    private volatile boolean ended;
    private volatile boolean closing;
    private volatile boolean mustStop;
    private volatile Role role = Role.STARTING;

    /**
     * A trainer that keeps its state in these; {@link #start()} starts it.
     *
     * @param judgements started with the trainer and closed with it
     * @param qualityFall that the served version has become worse on live images, if it has and no training has answered
     *     that; a sentence for people
     * @param rollouts decides what is served
     * @param onIncompatible what happens when a topic is not as it must be, which no restart helps
     */
    public ControlPlane(
            TrainerSettings settings,
            Knowledge knowledge,
            JudgementsFeed judgements,
            Supplier<Optional<String>> qualityFall,
            Rollouts rollouts,
            TrainingListener listener,
            Consumer<IncompatibleTopicException> onIncompatible) {
        this.settings = settings;
        this.knowledge = knowledge;
        this.judgements = judgements;
        this.rollouts = rollouts;
        this.onIncompatible = onIncompatible;
        state = new TopicState(settings, knowledge.registry(), knowledge.trainingSet());
        examples = new ExamplesFeed(settings);
        election = new Election(
                settings.kafka(),
                settings.prefix() + "headwater-trainer",
                settings.topics().rollouts().name(),
                settings.candidate());
        leader = new Leader(settings, knowledge, state, qualityFall, rollouts, listener);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, failure) -> {
            LOG.error("the control plane has ended and needs a restart", failure);
            obstacle = Optional.of(String.valueOf(failure.getMessage()));
            ended = true;
        });
    }

    /** Starts it and returns at once. */
    public void start() {
        thread.start();
    }

    /** Whether it can't go on without a restart. */
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public Optional<String> leader() {
        return election.leader();
    }

    @Override
    public Optional<String> obstacle() {
        return Stream.of(obstacle, examples.obstacle(), state.obstacle())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void run() {
        try {
            for (int attempt = 0; !closing; attempt++) {
                if (tryTo(this::connect, attempt)) {
                    break;
                }
            }
            election.start();
            while (!closing) {
                Optional<Term> term = election.awaitTerm(STEP_MILLIS);
                if (term.isPresent()) {
                    lead(term.get());
                } else {
                    become(Role.STANDBY);
                    followBackbone();
                }
            }
        } catch (IncompatibleTopicException e) {
            obstacle = Optional.of(e.getMessage());
            ended = true;
            onIncompatible.accept(e);
        } catch (InterruptedException e) {
            // close() did that.
            LOG.debug("the control plane was interrupted");
        }
    }

    private void connect() throws InterruptedException {
        try (Admin admin = Admin.create(settings.kafka())) {
            TopicProvisioner.ensure(admin, settings.topics().all(), KAFKA_TIMEOUT);
        }
        state.start();
        judgements.start();
        rollouts.start();
        state.awaitRegistry(REPLAY_TIMEOUT);
    }

    private void lead(Term term) throws InterruptedException {
        int attempt = 0;
        try {
            while (!closing && election.lasts(term)) {
                if (leader.isStale() && !tryTo(leader::takeOver, attempt)) {
                    attempt++;
                } else {
                    attempt = 0;
                    become(Role.LEADER);
                    followBackbone();
                    lookOnce(term);
                }
            }
        } catch (FencedException e) {
            LOG.warnf("another trainer has taken over term=%d", term.number());
            // Two that both believe to be elected must not shut each other out in turns, as fast as they can.
            Thread.sleep(AFTER_FENCE_MILLIS);
        } finally {
            leader.stepDown();
            obstacle = Optional.empty();
            become(Role.STANDBY);
        }
    }

    private void lookOnce(Term term) throws InterruptedException {
        if (state.obstacle().isPresent()) {
            Thread.sleep(STEP_MILLIS);
        } else {
            leader.step(STEP_MILLIS, () -> mustStop || !election.lasts(term));
        }
    }

    private void become(Role now) {
        if (role != now) {
            role = now;
            LOG.infof("role=%s", now.word());
        }
    }

    private void followBackbone() {
        knowledge.registry().rollout().ifPresent(rollout -> {
            examples.follow(rollout.getBackbone(), Optional.ofNullable(rollout.getNextBackbone()));
            knowledge.registry().trainedBackbone().ifPresent(state::follow);
        });
    }

    private interface Attempt {
        void make() throws InterruptedException;
    }

    /** Whether it was done; if not, some time has passed. */
    private boolean tryTo(Attempt attempt, int before) throws InterruptedException {
        try {
            attempt.make();
            obstacle = Optional.empty();
            return true;
        } catch (IncompatibleTopicException | FencedException e) {
            throw e;
        } catch (RuntimeException e) {
            // What is wrong with a backbone is a whole sentence, and Kafka has no part in it.
            obstacle = Optional.of(
                    e instanceof BackboneException ? e.getMessage() : "It is not connected: " + e.getMessage());
            Duration backoff = Leader.backoff(before);
            if (!closing) {
                LOG.warnf("not ready, next attempt in %d ms: %s", backoff.toMillis(), e.toString());
                Thread.sleep(backoff.toMillis());
            }
            return false;
        }
    }

    /** Stops it; a training that runs is finished first if that takes less than half a minute, and else stopped. */
    @Override
    public void close() {
        closing = true;
        if (knowledge.trainings().state().running().isEmpty()) {
            thread.interrupt();
        }
        if (!joined()) {
            mustStop = true;
            joined();
        }
        // Another trainer takes over from here.
        election.close();
        examples.close();
        judgements.close();
        rollouts.close();
        state.close();
        leader.close();
    }

    private boolean joined() {
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
