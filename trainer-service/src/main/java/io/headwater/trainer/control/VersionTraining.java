package io.headwater.trainer.control;

import io.headwater.artifacts.ArtifactException;
import io.headwater.events.Artifact;
import io.headwater.events.Backbone;
import io.headwater.events.ModelMetrics;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.events.Quality;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.artifacts.VersionDirectories;
import io.headwater.trainer.evaluation.Evaluation;
import io.headwater.trainer.evaluation.Gate;
import io.headwater.trainer.evaluation.Paired;
import io.headwater.trainer.export.ExportCheck;
import io.headwater.trainer.export.HeadGraph;
import io.headwater.trainer.export.HeadReader;
import io.headwater.trainer.export.ModelMetadata;
import io.headwater.trainer.export.OnnxModel;
import io.headwater.trainer.registry.Registry;
import io.headwater.trainer.training.Head;
import io.headwater.trainer.training.HeadTrainer;
import io.headwater.trainer.training.Hyperparameters;
import io.headwater.trainer.training.Progress;
import io.headwater.trainer.training.StartingPoint;
import io.headwater.trainer.training.TrainedHead;
import io.headwater.trainer.training.TrainingCancelledException;
import io.headwater.trainer.training.TrainingPhase;
import io.headwater.trainer.training.Trigger;
import io.headwater.trainer.trainingset.LabelledRows;
import io.headwater.trainer.trainingset.TrainingData;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Makes one version: trains, measures, exports, checks, and puts its files into the store. It publishes nothing. */
public final class VersionTraining {
    private static final Logger LOG = Logger.getLogger(VersionTraining.class);

    private final Hyperparameters settings;
    private final ArtifactStore store;
    private final VersionDirectories directories;
    private final Registry registry;
    private final Clock clock;

    /** Trains with these settings, into this store. */
    public VersionTraining(Hyperparameters settings, ArtifactStore store, Registry registry, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.directories = new VersionDirectories(store);
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * The record of the new version: {@code STABLE} if it passed the gate, else {@code REJECTED}. Its files are in the
     * store. When it fails or is cancelled no files are left.
     *
     * @param backboneFile the file of {@code backbone}
     * @param trigger what started it, for the record
     * @throws TrainingCancelledException if {@code progress} said so
     */
    public ModelPublished run(
            TrainingData data, Backbone backbone, byte[] backboneFile, Trigger trigger, Progress progress) {
        Optional<ModelPublished> parent = registry.stable();
        HeadTrainer.Result result = new HeadTrainer(settings)
                .train(data.train(), data.labels(), parent.flatMap(this::startingPoint), progress);
        progress.entered(TrainingPhase.MEASURING);
        LabelledRows holdout = data.holdout();
        Optional<Paired> beside = parent.map(stable -> beside(stable, result.trained(), holdout));
        ModelMetrics metrics = new ModelMetrics(
                quality(result.initial(), holdout),
                quality(result.trained(), holdout),
                Evaluation.baselineAccuracy(data.train().labels(), holdout.labels()),
                beside.map(Paired::stable).orElse(null));
        Gate.Decision decision =
                Gate.decide(metrics.getTrained(), metrics.getBaselineAccuracy(), beside, holdout.size());

        progress.entered(TrainingPhase.EXPORTING);
        long version = directories.reserve(
                registry.newest().map(ModelPublished::getVersion).orElse(0L));
        Instant trainedAt = clock.instant();
        ModelMetadata metadata = new ModelMetadata(
                version,
                data.labels(),
                backbone.getId(),
                backbone.getInputSize(),
                trainedAt,
                data.train().size(),
                parent.map(ModelPublished::getVersion),
                metrics);
        Head head = result.trained().folded();
        byte[] headFile = HeadGraph.head(head, metadata);
        byte[] modelFile = HeadGraph.model(backboneFile, head, metadata);
        double difference = ExportCheck.verify(
                headFile,
                modelFile,
                result.trained(),
                holdout.embeddings(),
                data.train().embeddings(),
                backbone.getInputSize());
        LOG.infof(
                "export checked version=%d difference=%.1e tolerance=%.0e", version, difference, ExportCheck.TOLERANCE);

        progress.entered(TrainingPhase.STORING);
        Artifact headArtifact = store(version, "head.onnx", headFile);
        Artifact modelArtifact = store(version, "model.onnx", modelFile);
        return ModelPublished.newBuilder()
                .setVersion(version)
                .setState(decision.passes() ? ModelState.STABLE : ModelState.REJECTED)
                .setReason(decision.reason())
                .setModel(modelArtifact)
                .setHead(headArtifact)
                .setBackbone(backbone.getId())
                .setLabels(List.copyOf(data.labels()))
                .setExamples(data.train().size())
                .setHoldoutExamples(holdout.size())
                .setMetrics(metrics)
                .setParent(parent.map(ModelPublished::getVersion).orElse(null))
                .setTrigger(trigger.sentence())
                .setExampleOffsets(data.offsets().entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().toString(), entry -> entry.getValue())))
                .setHyperparameters(result.summary().hyperparameters())
                .setTrainedAt(trainedAt)
                .build();
    }

    private Artifact store(long version, String name, byte[] file) {
        try {
            return store.write(VersionDirectories.uri(version, name), file);
        } catch (ArtifactException e) {
            try {
                discard(version);
            } catch (ArtifactException again) {
                // The next start clears it.
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** Removes the files of a version that will not be published; its number stays taken. */
    public void discard(long version) {
        directories.clear(version);
    }

    /** Removes what versions left that were never recorded. Only whoever may publish may call it. */
    public List<Long> clearUnfinished() {
        return directories.clearUnfinished(registry.versions());
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

    private static Quality quality(TrainedHead head, LabelledRows holdout) {
        return Evaluation.quality(head.probabilities(holdout.embeddings()), head.labels(), holdout.labels());
    }

    private Paired beside(ModelPublished stable, TrainedHead trained, LabelledRows holdout) {
        boolean[] right =
                Evaluation.right(trained.probabilities(holdout.embeddings()), trained.labels(), holdout.labels());
        try (OnnxModel head = new OnnxModel(store.read(stable.getHead()))) {
            float[][] answers = head.probabilities(holdout.embeddings());
            return Paired.of(
                    Evaluation.quality(answers, stable.getLabels(), holdout.labels()),
                    right,
                    Evaluation.right(answers, stable.getLabels(), holdout.labels()));
        }
    }
}
