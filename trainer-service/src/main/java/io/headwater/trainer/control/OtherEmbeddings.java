package io.headwater.trainer.control;

import io.headwater.events.ModelPublished;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.LabelledRows;
import java.util.List;

/**
 * What the backbone of another version has made of the same images: with that its head can answer what is held out, though
 * it is on another backbone.
 */
interface OtherEmbeddings {
    /** Where nothing is known of other backbones. */
    OtherEmbeddings NONE =
            (version, images) -> new Seen(new int[0], new LabelledRows(new EmbeddingMatrix(1), List.of(), List.of()));

    /**
     * Some of the images as a version sees them.
     *
     * @param rows for each of them its row in what was asked for, ascending
     * @param images their embeddings for that version, their labels and ids, in the same order
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Seen(int[] rows, LabelledRows images) {}

    /** Those of {@code images} that the backbone of {@code version} has embedded. */
    Seen of(ModelPublished version, LabelledRows images);
}
