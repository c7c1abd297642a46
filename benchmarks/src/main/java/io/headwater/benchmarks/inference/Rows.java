package io.headwater.benchmarks.inference;

import io.headwater.benchmarks.machine.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured of one input size and number of threads, way by way. */
final class Rows {
    private final int size;
    private final int threads;
    private final Map<Way, List<Measured>> rounds = new LinkedHashMap<>();

    Rows(int size, int threads) {
        this.size = size;
        this.threads = threads;
    }

    /** The ways from pixels or pictures to embeddings that are compared. */
    enum Way {
        BARE("ONNX Runtime over pixels"),
        OWN_SESSIONS("... a session for each thread"),
        DJL("the service's backbone (DJL)"),
        DECODING("decoding + ONNX Runtime"),
        KAFKA_PIXELS("through Kafka, decoded before"),
        KAFKA("through Kafka");

        private final String text;

        Way(String text) {
            this.text = text;
        }
    }

    void add(Way way, Measured measured) {
        rounds.computeIfAbsent(way, ignored -> new ArrayList<>()).add(measured);
    }

    static void printHeader() {
        Output.OUT.printf(
                "%n%4s %7s  %-30s %9s %8s %10s  %-24s %-24s%n",
                "px", "threads", "", "images/s", "CPU ms", "of broker", "/ bare", "/ dec.+");
    }

    void print() {
        for (Way way : rounds.keySet()) {
            Measured measured = Measured.median(rounds.get(way));
            Output.OUT.printf(
                    "%4d %7d  %-30s %9.1f %8.2f %10.2f  %-24s %-24s%n",
                    size,
                    threads,
                    way.text,
                    measured.imagesPerSecond(),
                    measured.cpuMillis(),
                    measured.brokerCpuMillis(),
                    Measured.speed(rounds.get(way), rounds.get(Way.BARE)),
                    Measured.speed(rounds.get(way), rounds.get(Way.DECODING)));
        }
    }
}
