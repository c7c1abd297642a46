package io.headwater.trainer.backbone;

/**
 * How float numbers become uint8: {@code q = round(x / scale) + zeroPoint}, cut off at 0 and 255. Zero is exact, because
 * padding is made of it.
 *
 * @param scale between two neighbours, above 0
 * @param zeroPoint what 0 becomes, 0 to 255
 */
record Quantisation(float scale, int zeroPoint) {
    private static final int STEPS = 255;

    /** The finest one that holds all from {@code min} to {@code max}, and zero. */
    static Quantisation of(float min, float max) {
        float low = Math.min(0, min);
        float high = Math.max(0, max);
        float scale = (high - low) / STEPS;
        return scale < Float.MIN_NORMAL ? new Quantisation(1, 0) : new Quantisation(scale, Math.round(-low / scale));
    }
}
