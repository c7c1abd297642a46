package io.headwater.benchmarks.inference.service;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Ways at full load in turns, every other round in the opposite order; medians, and each way's part of the first one. */
final class SideBySide {
    /** How long the reader of predictions waits for more. */
    static final Duration GATHER = Duration.ofMillis(50);

    private final PrintWriter out;
    private final int size;
    private final Map<Way, List<Throughput>> measured = new LinkedHashMap<>();

    /**
     * @param size of the backbone's input, pixels
     * @param ways the first one is what the others are compared with
     */
    SideBySide(PrintWriter out, int size, List<Way> ways) {
        this.out = out;
        this.size = size;
        ways.forEach(way -> measured.put(way, new ArrayList<>()));
    }

    static void printHeader(PrintWriter out) {
        out.printf(
                "%n%4s %-15s %-7s %9s %15s %14s %14s %8s%n",
                "px", "way", "round", "images/s", "service CPU ms", "broker CPU ms", "reader CPU ms", "/ first");
        out.flush();
    }

    /**
     * Measures.
     *
     * @param images of each round
     * @param warmUp rounds that do not count
     * @return the median throughput of the last way as a part of the first one's
     */
    double run(int images, int rounds, int warmUp) throws IOException, InterruptedException {
        List<Way> order = new ArrayList<>(measured.keySet());
        for (int round = 1 - warmUp; round <= rounds; round++) {
            for (Way way : order) {
                Throughput one = way.fullLoad(images);
                print(way, round < 1 ? "warm" : Integer.toString(round), one, "");
                if (round >= 1) {
                    measured.get(way).add(one);
                }
            }
            Collections.reverse(order);
        }
        double ratio = 1;
        for (Map.Entry<Way, List<Throughput>> one : measured.entrySet()) {
            Throughput median = new Throughput(
                    Medians.of(one.getValue(), Throughput::imagesPerSecond),
                    Medians.of(one.getValue(), Throughput::serviceMillis),
                    Medians.of(one.getValue(), Throughput::brokerMillis),
                    Medians.of(one.getValue(), Throughput::readerMillis));
            ratio = median.imagesPerSecond() / first(Throughput::imagesPerSecond);
            print(one.getKey(), "median", median, "%8.3f".formatted(ratio));
            if (one.getKey().predictions().repeated() > 0) {
                out.printf(
                        "%s: %d repeated predictions%n",
                        one.getKey().name(), one.getKey().predictions().repeated());
            }
        }
        List<Throughput> first = measured.values().iterator().next();
        out.printf("%4d round by round:%s%n%n", size, roundByRound(first));
        out.flush();
        return ratio;
    }

    private String roundByRound(List<Throughput> first) {
        StringBuilder text = new StringBuilder();
        measured.values().stream().skip(1).forEach(others -> IntStream.range(0, first.size())
                .forEach(i -> text.append(" %.3f"
                        .formatted(
                                others.get(i).imagesPerSecond() / first.get(i).imagesPerSecond()))));
        return text.toString();
    }

    private double first(ToDoubleFunction<Throughput> number) {
        return Medians.of(measured.values().iterator().next(), number);
    }

    private void print(Way way, String round, Throughput one, String ratio) {
        out.printf(
                "%4d %-15s %-7s %9.1f %15.2f %14.2f %14.2f %8s%n",
                size,
                way.name(),
                round,
                one.imagesPerSecond(),
                one.serviceMillis(),
                one.brokerMillis(),
                one.readerMillis(),
                ratio);
        out.flush();
    }
}
