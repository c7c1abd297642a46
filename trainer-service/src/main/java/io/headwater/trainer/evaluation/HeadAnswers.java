package io.headwater.trainer.evaluation;

import io.headwater.artifacts.ArtifactFiles;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.export.OnnxModel;
import io.headwater.trainer.trainingset.LabelledRows;
import java.util.Optional;
import java.util.stream.IntStream;

/** Asks the head of the version that serves, which can only answer embeddings of its own backbone. */
public final class HeadAnswers implements StableAnswers {
    private final ArtifactFiles files;
    private final String backbone;

    /**
     * @param files where the heads are
     * @param backbone id of the backbone that the examples were embedded with
     */
    public HeadAnswers(ArtifactFiles files, String backbone) {
        this.files = files;
        this.backbone = backbone;
    }

    @Override
    public Optional<Given> to(ModelPublished stable, LabelledRows holdout) {
        if (!stable.getBackbone().equals(backbone)) {
            return Optional.empty();
        }
        try (OnnxModel head = new OnnxModel(files.read(stable.getHead()))) {
            return Optional.of(
                    new Given(IntStream.range(0, holdout.size()).toArray(), head.probabilities(holdout.embeddings())));
        }
    }
}
