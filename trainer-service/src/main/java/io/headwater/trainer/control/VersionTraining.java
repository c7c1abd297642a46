package io.headwater.trainer.control;

import io.headwater.artifacts.ArtifactException;
import io.headwater.events.Artifact;
import io.headwater.events.Backbone;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.artifacts.VersionDirectories;
import io.headwater.trainer.card.ModelCard;
import io.headwater.trainer.evaluation.Evidence;
import io.headwater.trainer.evaluation.Examination;
import io.headwater.trainer.evaluation.Gate;
import io.headwater.trainer.export.ExportCheck;
import io.headwater.trainer.export.HeadReader;
import io.headwater.trainer.export.VersionFiles;
import io.headwater.trainer.lineage.Libraries;
import io.headwater.trainer.lineage.Lineages;
import io.headwater.trainer.lineage.Stopwatch;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.Progress;
import io.headwater.trainer.training.StartingPoint;
import io.headwater.trainer.training.TrainingCancelledException;
import io.headwater.trainer.training.TrainingPhase;
import io.headwater.trainer.training.Trigger;
import io.headwater.trainer.trainingset.TrainingData;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes one version: trains, measures, exports, checks, and puts its files into the store. It publishes nothing. */
public final class VersionTraining {
    private static final Logger LOG = Logger.getLogger(VersionTraining.class);

    private final Hyperparameters settings;
    private final Gate gate;
    private final ArtifactStore store;
    private final VersionDirectories directories;
    private final Registry registry;
    private final OtherEmbeddings others;
    private final Clock clock;

    /**
     * Trains with these settings, into this store.
     *
     * @param others what other backbones have made of the images
     */
    VersionTraining(
            Hyperparameters settings,
            Gate gate,
            ArtifactStore store,
            Registry registry,
            OtherEmbeddings others,
            Clock clock) {
        this.settings = settings;
        this.gate = gate;
        this.store = store;
        this.directories = new VersionDirectories(store);
        this.registry = registry;
        this.others = others;
        this.clock = clock;
    }

    /**
     * The record of the new version: {@code STABLE} if it passed the gate, {@code CANDIDATE} if the gate can't tell, else
     * {@code REJECTED}. Its files are in the store. When it fails or is cancelled no files are left.
     *
     * @param backboneFile the file of {@code backbone}
     * @param trigger what started it, for the record
     * @throws TrainingCancelledException if {@code progress} said so
     */
    public ModelPublished run(
            TrainingData data, Backbone backbone, byte[] backboneFile, Trigger trigger, Progress progress) {
        Optional<ModelPublished> parent = registry.stable();
        HeadTrainer.Result result =
                new HeadTrainer(settings).train(data.train(), data.labels(), startingPoint(parent, backbone), progress);

        progress.entered(TrainingPhase.MEASURING);
        Stopwatch watch = new Stopwatch();
        Evidence evidence = new Examination(gate, new OtherBackboneAnswers(store, backbone.getId(), others))
                .examine(result, data.train(), data.holdout(), parent);
        watch.ended("measuring");

        progress.entered(TrainingPhase.EXPORTING);
        VersionDraft draft = new VersionDraft(
                directories.reserve(
                        registry.newest().map(ModelPublished::getVersion).orElse(0L)),
                data,
                backbone,
                parent.map(ModelPublished::getVersion),
                result.summary(),
                evidence,
                trigger.sentence(),
                Lineages.of(data, result.summary(), trigger.cause(), Libraries.versions()));
        VersionFiles files = export(draft, result, backboneFile);
        watch.ended("exporting");

        progress.entered(TrainingPhase.STORING);
        Artifact head = write(draft, "head.onnx", files.head());
        Artifact model = write(draft, "model.onnx", files.model());
        watch.ended("storing");
        ModelPublished record = draft.record(
                model, head, clock.instant(), watch.with(result.summary().millis()));
        byte[] card = ModelCard.of(record).getBytes(StandardCharsets.UTF_8);
        return ModelPublished.newBuilder(record)
                .setCard(write(draft, ModelCard.FILE, card))
                .build();
    }

    /** Removes the files of a version that will not be published; its number stays taken. */
    public void discard(long version) {
        directories.clear(version);
    }

    /** What stands in the store. */
    VersionDirectories.Inventory inventory() {
        return directories.inventory();
    }

    /**
     * Removes what versions left that were never recorded.
     *
     * @param inventory taken before it was sure that only this trainer may record versions
     */
    void clearUnfinished(VersionDirectories.Inventory inventory) {
        List<Long> cleared = directories.clearUnfinished(inventory, registry.versions());
        if (!cleared.isEmpty()) {
            LOG.warnf(
                    "versions were never finished; their files are removed, their numbers stay taken versions=%s",
                    cleared);
        }
    }

    private Optional<StartingPoint> startingPoint(Optional<ModelPublished> parent, Backbone backbone) {
        return parent.filter(stable -> stable.getBackbone().equals(backbone.getId()))
                .flatMap(this::startingPoint);
    }

    private Optional<StartingPoint> startingPoint(ModelPublished stable) {
        return HeadReader.read(store.read(stable.getHead()))
                .map(head -> new StartingPoint(stable.getLabels(), head, sparedCalibrationPart(stable)));
    }

    /** A version whose confidences were scaled on the part that is set aside did not learn from it. */
    private static boolean sparedCalibrationPart(ModelPublished stable) {
        return stable.getCalibration() != null
                && stable.getCalibration().getPart().equals("calibration");
    }

    private static VersionFiles export(VersionDraft draft, HeadTrainer.Result result, byte[] backboneFile) {
        TrainingData data = draft.data();
        VersionFiles files = VersionFiles.of(result.trained(), backboneFile, draft.metadata());
        double difference = files.check(
                result.trained(),
                data.holdout().embeddings(),
                data.train().embeddings(),
                draft.backbone().getInputSize());
        LOG.infof(
                "export checked version=%d difference=%.1e tolerance=%.0e",
                draft.version(), difference, ExportCheck.TOLERANCE);
        return files;
    }

    private Artifact write(VersionDraft draft, String file, byte[] bytes) {
        try {
            return store.write(VersionDirectories.uri(draft.version(), file), bytes);
        } catch (ArtifactException e) {
            try {
                discard(draft.version());
            } catch (ArtifactException again) {
                // The next start clears it.
                e.addSuppressed(again);
            }
            throw e;
        }
    }
}
