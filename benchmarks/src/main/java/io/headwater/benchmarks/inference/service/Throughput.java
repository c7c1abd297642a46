package io.headwater.benchmarks.inference.service;

/**
 * One round at full load.
 *
 * @param imagesPerSecond from a full topic to the last prediction that can be read
 * @param serviceMillis processor time of the service per image, of all its instances, milliseconds
 * @param brokerMillis of the broker
 * @param readerMillis of this program, which reads the predictions
 */
record Throughput(double imagesPerSecond, double serviceMillis, double brokerMillis, double readerMillis) {
    private static final double MILLI = 1e-6;
    private static final double SECOND = 1e9;

    static Throughput of(int images, long wallNanos, long serviceNanos, long brokerNanos, long readerNanos) {
        return new Throughput(
                images * SECOND / wallNanos,
                serviceNanos * MILLI / images,
                brokerNanos * MILLI / images,
                readerNanos * MILLI / images);
    }
}
