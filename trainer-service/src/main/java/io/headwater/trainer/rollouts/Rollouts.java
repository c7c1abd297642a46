package io.headwater.trainer.rollouts;

import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.registry.Publication;
import io.headwater.trainer.registry.Recording;
import io.headwater.trainer.registry.Registry;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Rolls versions out, by itself and by hand. All that it knows is recorded: it goes on after a restart, and on another
 * trainer, where it was. Thread safe.
 */
public final class Rollouts implements AutoCloseable {
    private static final String TRAINER = "trainer";
    /** Things done in one look. More would be a controller that goes round in circles. */
    private static final int MOST_MOVES = 10;

    private final Registry registry;
    private final Recording recording;
    private final EvidenceReader evidence;
    private final TrafficWatch traffic;
    private final InstanceReports instances;
    private final RolloutSettings settings;
    private final ArtifactStore store;
    private final Clock clock;
    private final Controller controller;
    private final Transitions transitions;

    /**
     * @param recording of what is decided
     * @param evidence what labels say of the versions
     * @param traffic what they say of all images
     * @param instances what the data plane makes of the rollout
     * @param store where their files are
     */
    public Rollouts(
            Registry registry,
            Recording recording,
            EvidenceReader evidence,
            TrafficWatch traffic,
            InstanceReports instances,
            RolloutSettings settings,
            ArtifactStore store,
            Clock clock) {
        this.registry = registry;
        this.recording = recording;
        this.evidence = evidence;
        this.traffic = traffic;
        this.instances = instances;
        this.settings = settings;
        this.store = store;
        this.clock = clock;
        controller = new Controller(settings);
        transitions = new Transitions(settings);
    }

    /** Starts following what the data plane reports. */
    public void start() {
        instances.start();
    }

    @Override
    public void close() {
        instances.close();
    }

    /** Where decisions are recorded. */
    public Recording recording() {
        return recording;
    }

    /** How it rolls out. */
    public RolloutSettings settings() {
        return settings;
    }

    /**
     * Looks at the evidence and does what follows, as long as something does.
     *
     * @throws RuntimeException as {@link Recording#record} says
     */
    public void look() {
        registry.rollout().ifPresent(rollout -> traffic.follow(situation()));
        for (int i = 0; i < MOST_MOVES && step(); i++) {
            // The next look builds on what was recorded.
        }
    }

    private boolean step() {
        // Asked before as well, so that nobody who only looks has to wait.
        return decide().filter(Decision.Act.class::isInstance).isPresent()
                && recording
                        .record(() -> decide().flatMap(decision -> decision instanceof Decision.Act act
                                ? transitions.apply(situation(), act.move(), TRAINER, act.reason(), clock.instant())
                                : Optional.empty()))
                        .isPresent();
    }

    /** What the controller would do now, or why it does nothing; empty while the topics are being read. */
    public Optional<Decision> decide() {
        return registry.rollout().flatMap(rollout -> {
            Situation situation = situation();
            return evidence(situation).map(known -> controller.decide(situation, known, clock.instant()));
        });
    }

    /** What is known of the versions in play; empty while the topics are being read. */
    public Optional<Evidence> evidence() {
        return registry.rollout().flatMap(rollout -> evidence(situation()));
    }

    private Optional<Evidence> evidence(Situation situation) {
        Optional<DataPlane> dataPlane = instances.read(situation.rollout().getGeneration());
        return dataPlane.isEmpty()
                ? Optional.empty()
                : evidence.read(situation).map(known -> known.with(traffic.traffic(situation), dataPlane));
    }

    /** Decides nothing any more, until {@link #recording()} takes over again. */
    public void stepDown() {
        recording.stepDown();
        traffic.close();
    }

    /** All that is recorded. */
    public Situation situation() {
        return Situation.of(registry.rollout().orElseThrow(), registry.newestFirst());
    }

    /**
     * Records a new version, and what follows for what is served.
     *
     * @param version {@code STABLE} if it has passed the gate
     * @return its record as it was published
     */
    public ModelPublished arrived(ModelPublished version) {
        Publication published = recording
                .record(() -> Optional.of(transitions.arrival(situation(), version, controller, clock.instant())))
                .orElseThrow();
        return published.models().stream()
                .filter(model -> model.getVersion() == version.getVersion())
                .findFirst()
                .orElseThrow();
    }

    /**
     * Does what somebody asks for.
     *
     * @param generation what the rollout must be at; empty if that doesn't matter
     * @return whether anything changed: what is so already is left as it is, whatever the generation
     * @throws RefusedException if it can't be done
     * @throws StaleGenerationException if the rollout is at another generation
     */
    public boolean command(Move move, String by, String reason, OptionalLong generation) {
        return recording
                .record(() -> {
                    Situation situation = situation();
                    Optional<Publication> publication = transitions.apply(situation, move, by, reason, clock.instant());
                    long present = situation.rollout().getGeneration();
                    if (publication.isPresent() && generation.isPresent() && generation.getAsLong() != present) {
                        throw new StaleGenerationException(generation.getAsLong(), present);
                    }
                    publication.ifPresent(this::requireFiles);
                    return publication;
                })
                .isPresent();
    }

    /** What is served must be there: the data plane refuses a whole generation of which one file is missing. */
    private void requireFiles(Publication publication) {
        publication.rollout().ifPresent(rollout -> Stream.concat(
                        Stream.of(rollout.getStable(), rollout.getCanary()).filter(Objects::nonNull),
                        rollout.getShadows().stream())
                .filter(served -> !store.exists(served.getUri()))
                .findFirst()
                .ifPresent(served -> {
                    throw new RefusedException("The files of version " + served.getVersion()
                            + " are not in the artifact store any more (headwater.gc.keep-versions).");
                }));
    }
}
