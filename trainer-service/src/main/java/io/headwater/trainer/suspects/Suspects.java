package io.headwater.trainer.suspects;

import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.training.Cancellation;
import io.headwater.trainer.training.TrainingCancelledException;
import io.headwater.trainer.training.TrainingConfig;
import io.headwater.trainer.training.TrainingPolicy;
import io.headwater.trainer.trainings.TrainingJob;
import io.headwater.trainer.trainings.TrainingListener;
import io.headwater.trainer.trainings.Trainings;
import io.headwater.trainer.trainingset.TrainingData;
import io.headwater.trainer.trainingset.TrainingSet;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Searches for wrong labels after each training, in the background: it gives way as soon as another training runs, and begins
 * anew after that. Thread safe.
 */
@Singleton
public class Suspects implements TrainingListener {
    private static final Logger LOG = Logger.getLogger(Suspects.class);

    private final SuspectSearch search;
    private final TrainingSet trainingSet;
    private final Trainings trainings;
    private final int minExamples;
    /** Of the version after whose training nothing has been found yet. */
    private final AtomicReference<ModelPublished> due = new AtomicReference<>();

    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "suspects");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });
    private volatile Optional<Suspicions> found = Optional.empty();
    private volatile boolean closing;

    /** Searches with the settings of the trainings. */
    @Inject
    public Suspects(
            TrainingConfig config,
            TrainingPolicy policy,
            ArtifactStore store,
            TrainingSet trainingSet,
            Trainings trainings) {
        this(
                new SuspectSearch(config.hyperparameters(), store, Clock.systemUTC()),
                policy.minExamplesPerClass(),
                trainingSet,
                trainings);
    }

    Suspects(SuspectSearch search, int minExamples, TrainingSet trainingSet, Trainings trainings) {
        this.search = search;
        this.minExamples = minExamples;
        this.trainingSet = trainingSet;
        this.trainings = trainings;
    }

    /** What the last search found; empty before the first has ended. */
    Optional<Suspicions> found() {
        return found;
    }

    @Override
    public void ended(TrainingJob training, Optional<ModelPublished> version) {
        version.ifPresent(due::set);
        // After a training without a version too: the search may have given way to it.
        if (!closing && due.get() != null) {
            background.execute(this::search);
        }
    }

    private void search() {
        ModelPublished version = due.get();
        if (version == null || closing) {
            return;
        }
        long start = System.nanoTime();
        Cancellation givesWay = () -> closing || trainings.state().running().isPresent();
        try (TrainingData data = trainingSet.snapshot(minExamples)) {
            if (data.labels().size() < 2) {
                return;
            }
            Suspicions suspicions = search.search(data, version, givesWay);
            found = Optional.of(suspicions);
            due.compareAndSet(version, null);
            LOG.infof(
                    "labels searched version=%d examples=%d suspects=%d millis=%d",
                    suspicions.version(),
                    suspicions.examples(),
                    suspicions.suspects().size(),
                    (System.nanoTime() - start) / 1_000_000);
        } catch (TrainingCancelledException e) {
            LOG.debug("the search for wrong labels gives way to a training");
        } catch (RuntimeException e) {
            due.compareAndSet(version, null);
            LOG.warn("the search for wrong labels failed; what the last one found stays", e);
        }
    }

    @PreDestroy
    void close() {
        closing = true;
        background.shutdown();
    }
}
