package io.headwater.trainer.control;

import io.headwater.events.Artifact;
import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import io.headwater.trainer.backbone.QuantisedBackbone;
import io.headwater.trainer.precision.Int8Answer;
import io.headwater.trainer.precision.Int8Offer;
import io.headwater.trainer.registry.Publication;
import io.headwater.trainer.registry.Recording;
import io.headwater.trainer.registry.Registry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Chooses the backbone at the very first start and keeps that choice ever after, unless the configuration names another one:
 * then the backbone is changed, see {@link BackboneChanges}.
 */
public final class Backbones {
    private static final Logger LOG = Logger.getLogger(Backbones.class);

    /** How often it is looked whether there are enough images and labels for an int8 backbone. */
    private static final Duration TRIAL_PAUSE = Duration.ofMinutes(1);

    private final BackboneSource configured;
    private final ArtifactStore store;
    private final Registry registry;
    private final Recording recording;
    private final Optional<Int8Offer> int8;
    private final LongConsumer beforeChange;
    private final Clock clock;

    private Optional<CompletableFuture<Wanted>> wanted = Optional.empty();
    private boolean followed;
    private String told = "";
    private Instant nextTrial = Instant.MIN;

    /**
     * What is to be the backbone.
     *
     * @param file empty: what is recorded
     * @param why a sentence for people; empty if there is nothing to say
     * @param isFinal whether it is not worth asking again before the next start
     */
    private record Wanted(Optional<BackboneFile> file, String why, boolean isFinal) {}

    /**
     * @param configured what {@code headwater.backbone} names
     * @param int8 makes an int8 backbone of that; empty where none is wanted
     * @param beforeChange is given the number of a change before that is published
     */
    public Backbones(
            BackboneSource configured,
            ArtifactStore store,
            Registry registry,
            Recording recording,
            Optional<Int8Offer> int8,
            LongConsumer beforeChange,
            Clock clock) {
        this.configured = configured;
        this.store = store;
        this.registry = registry;
        this.recording = recording;
        this.int8 = int8;
        this.beforeChange = beforeChange;
        this.clock = clock;
    }

    /** The recorded backbone, whose file is in the store; at the very first start it is published now. */
    public Backbone establish() {
        followed = false;
        nextTrial = Instant.MIN;
        wanted = Optional.empty();
        Optional<RolloutChanged> recorded = registry.rollout();
        if (recorded.isPresent()) {
            Backbone backbone = recorded.get().getBackbone();
            restore(backbone);
            return backbone;
        }
        BackboneFile file = configured.acquire();
        Backbone backbone = store(file);
        RolloutChanged first = RolloutChanged.newBuilder()
                .setGeneration(1)
                .setBackbone(backbone)
                .setReason("The first start: the backbone " + file.name() + ", and no version yet.")
                .setChangedBy("trainer")
                .setChangedAt(clock.instant())
                .build();
        recording.record(() -> Optional.of(new Publication(List.of(), Optional.of(first))));
        LOG.infof("backbone published name=%s id=%s inputSize=%d", file.name(), file.id(), file.inputSize());
        return backbone;
    }

    /**
     * Begins a change of the backbone when the configuration names another than is recorded, and gives it up when it names
     * the recorded one again. To be called often: a backbone that has to be downloaded first is waited for without blocking.
     *
     * @return whether a change began or ended just now
     */
    public boolean followConfiguration() {
        if (followed
                || (!configured.isBinding() && int8.isEmpty())
                || clock.instant().isBefore(nextTrial)) {
            return false;
        }
        RolloutChanged present = registry.rollout().orElseThrow();
        CompletableFuture<Wanted> file = wanted.orElseGet(() ->
                CompletableFuture.supplyAsync(() -> wanted(present), task -> new Thread(task, "backbone").start()));
        wanted = Optional.of(file);
        if (!file.isDone()) {
            return false;
        }
        Optional<Publication> change =
                recording.record(() -> change(file).map(rollout -> new Publication(List.of(), Optional.of(rollout))));
        wanted = Optional.empty();
        return change.isPresent();
    }

    /** Whether there is nothing more to find out about what the configuration wants. */
    boolean isFollowed() {
        return followed;
    }

    /** What the configuration wants, given what is recorded. Takes long, and is asked in a thread of its own. */
    private Wanted wanted(RolloutChanged present) {
        Backbone recorded = present.getBackbone();
        Optional<BackboneFile> named = configured.isBinding() ? Optional.of(configured.acquire()) : Optional.empty();
        if (int8.isEmpty()) {
            return new Wanted(named, "", true);
        }
        // Another one of newer images would not be better, only another.
        for (Backbone made : Stream.of(present.getNextBackbone(), recorded)
                .filter(Objects::nonNull)
                .filter(Backbones::isInt8)
                .toList()) {
            byte[] bytes = file(made);
            if (named.isEmpty() || QuantisedBackbone.isOf(named.get().id(), bytes)) {
                return new Wanted(Optional.of(file(made, bytes)), "", true);
            }
        }
        Int8Answer answer = int8.get().of(named.orElseGet(() -> file(recorded, file(recorded))));
        if (answer instanceof Int8Answer.Offered offered) {
            return new Wanted(Optional.of(offered.file()), offered.reason(), true);
        }
        return new Wanted(named, answer.reason(), answer instanceof Int8Answer.Refused);
    }

    private static boolean isInt8(Backbone backbone) {
        return !QuantisedBackbone.sourceName(backbone.getName()).equals(backbone.getName());
    }

    private static BackboneFile file(Backbone backbone, byte[] bytes) {
        return new BackboneFile(
                backbone.getName(), backbone.getId(), bytes, backbone.getInputSize(), backbone.getDimension());
    }

    /** Says once what is not as configured. */
    private void tell(Wanted answer) {
        if (!answer.why().equals(told)) {
            told = answer.why();
            LOG.info(told);
        }
    }

    private Optional<RolloutChanged> change(CompletableFuture<Wanted> acquired) {
        RolloutChanged present = registry.rollout().orElseThrow();
        Wanted answer;
        followed = true;
        try {
            answer = acquired.join();
        } catch (CompletionException e) {
            LOG.warnf(
                    "headwater.backbone can't be had, so the backbone stays %s until the next start: %s",
                    BackboneChanges.text(present.getBackbone()), e.getCause().getMessage());
            return Optional.empty();
        }
        followed = answer.isFinal();
        nextTrial = clock.instant().plus(TRIAL_PAUSE);
        tell(answer);
        if (answer.file().isEmpty()) {
            return Optional.empty();
        }
        BackboneFile file = answer.file().get();
        Optional<RolloutChanged> change = BackboneChanges.of(present, unstored(file), answer.why(), clock.instant());
        change.map(RolloutChanged::getNextBackbone).ifPresent(next -> {
            // All that it takes is there before anybody hears of it.
            store(file);
            beforeChange.accept(next.getChange());
        });
        return change;
    }

    private Backbone store(BackboneFile file) {
        Backbone backbone = unstored(file);
        store.write(backbone.getUri(), file.bytes());
        return backbone;
    }

    private static Backbone unstored(BackboneFile file) {
        return new Backbone(
                file.id(),
                file.name(),
                "backbones/" + file.id() + ".onnx",
                (long) file.bytes().length,
                file.inputSize(),
                file.dimension(),
                0L);
    }

    /** The file of {@code backbone}, checked. */
    public byte[] file(Backbone backbone) {
        return store.read(new Artifact(backbone.getUri(), backbone.getId(), backbone.getSize()));
    }

    private void restore(Backbone backbone) {
        if (!store.exists(backbone.getUri())) {
            BackboneFile file = configured.acquire(QuantisedBackbone.sourceName(backbone.getName()));
            if (file.id().equals(backbone.getId())) {
                store.write(backbone.getUri(), file.bytes());
                LOG.warnf("backbone was missing in the artifact store and is written again id=%s", backbone.getId());
            }
        }
        file(backbone);
    }
}
