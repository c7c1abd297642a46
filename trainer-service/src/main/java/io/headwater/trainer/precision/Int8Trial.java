package io.headwater.trainer.precision;

import java.time.Instant;

/**
 * An int8 backbone that was made and measured.
 *
 * @param source id of the float32 backbone that it was made of
 * @param id its id
 * @param calibrationImages images that it was calibrated with
 * @param fp32ImagesPerSecond of the source, one thread
 * @param int8ImagesPerSecond of it, in rounds that took turns with those
 * @param speedup the second over the first
 * @param labelledImages that accuracy was measured on
 * @param fp32Accuracy of a head on the source
 * @param int8Accuracy of a head on it
 * @param difference int8 less float32
 * @param lower lower end of the 95 % interval of the difference
 * @param upper upper end of it
 * @param offered whether images are to be embedded with it
 * @param measuredAt when
 */
public record Int8Trial(
        String source,
        String id,
        int calibrationImages,
        double fp32ImagesPerSecond,
        double int8ImagesPerSecond,
        double speedup,
        int labelledImages,
        double fp32Accuracy,
        double int8Accuracy,
        double difference,
        double lower,
        double upper,
        boolean offered,
        Instant measuredAt) {

    static Int8Trial of(
            String source, String id, int pictures, Int8Measures measures, boolean offered, Instant measuredAt) {
        return new Int8Trial(
                source,
                id,
                pictures,
                measures.fp32ImagesPerSecond(),
                measures.int8ImagesPerSecond(),
                measures.speedup(),
                measures.labelledImages(),
                measures.fp32Accuracy(),
                measures.int8Accuracy(),
                measures.difference().mean(),
                measures.lower(),
                measures.upper(),
                offered,
                measuredAt);
    }
}
