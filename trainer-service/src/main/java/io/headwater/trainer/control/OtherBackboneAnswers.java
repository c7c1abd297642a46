package io.headwater.trainer.control;

import io.headwater.artifacts.ArtifactFiles;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.evaluation.HeadAnswers;
import io.headwater.trainer.evaluation.StableAnswers;
import io.headwater.trainer.export.OnnxModel;
import io.headwater.trainer.trainingset.LabelledRows;
import java.util.Optional;

/**
 * Asks the head of the version that serves: on the backbone that is trained on with the examples at hand, and on another
 * one with what that has made of the same images. So a version on a new backbone is compared with one on the old, image by
 * image.
 */
final class OtherBackboneAnswers implements StableAnswers {
    private final ArtifactFiles files;
    private final HeadAnswers same;
    private final OtherEmbeddings others;

    /**
     * @param files where the heads are
     * @param backbone id of the backbone that is trained on
     */
    OtherBackboneAnswers(ArtifactFiles files, String backbone, OtherEmbeddings others) {
        this.files = files;
        this.same = new HeadAnswers(files, backbone);
        this.others = others;
    }

    @Override
    public Optional<Given> to(ModelPublished stable, LabelledRows holdout) {
        return same.to(stable, holdout).or(() -> other(stable, holdout));
    }

    private Optional<Given> other(ModelPublished stable, LabelledRows holdout) {
        OtherEmbeddings.Seen seen = others.of(stable, holdout);
        if (seen.rows().length == 0) {
            return Optional.empty();
        }
        try (OnnxModel head = new OnnxModel(files.read(stable.getHead()))) {
            return Optional.of(
                    new Given(seen.rows(), head.probabilities(seen.images().embeddings())));
        }
    }
}
