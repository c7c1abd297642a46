package io.headwater.trainer.backbone;

/**
 * A tensor that becomes part of the embedding.
 *
 * @param tensor its name
 * @param form how it becomes a row of numbers
 * @param half whether its numbers are float16
 */
record Tap(String tensor, Form form, boolean half) {

    /** What a tensor looks like, and so what is done with it. */
    enum Form {
        /** {@code [N, C, H, W]}: the averages over space, C numbers. */
        MAPS,
        /** {@code [N, T, C]}: the average over T, C numbers. */
        TOKENS,
        /** All the numbers of a picture as they are. */
        ROW
    }

    /** The averages over space of a float32 {@code [N, C, H, W]}. */
    static Tap maps(String tensor) {
        return new Tap(tensor, Form.MAPS, false);
    }
}
