package io.headwater.trainer.export;

import io.headwater.trainer.training.Head;
import io.headwater.trainer.training.TrainedHead;
import io.headwater.trainer.trainingset.EmbeddingRows;

/**
 * The files of a version.
 *
 * @param head head.onnx
 * @param model model.onnx
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record VersionFiles(byte[] head, byte[] model) {

    /**
     * Writes them. The same arguments give the same bytes.
     *
     * @param backbone the embedding backbone's file
     */
    public static VersionFiles of(TrainedHead trained, byte[] backbone, ModelMetadata metadata) {
        Head folded = trained.folded();
        return new VersionFiles(HeadGraph.head(folded, metadata), HeadGraph.model(backbone, folded, metadata));
    }

    /**
     * Loads them in ONNX Runtime and compares with PyTorch.
     *
     * @return the largest difference of a probability
     * @throws ExportException if they don't say what was trained
     */
    public double check(TrainedHead trained, EmbeddingRows holdout, EmbeddingRows train, int inputSize) {
        return ExportCheck.verify(head, model, trained, holdout, train, inputSize);
    }
}
