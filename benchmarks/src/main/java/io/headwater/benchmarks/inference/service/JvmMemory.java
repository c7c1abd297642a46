package io.headwater.benchmarks.inference.service;

import io.headwater.benchmarks.broker.InferenceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Predicate;

/**
 * What the service's own metrics say of its JVM's memory; MiB. The rest of what is resident is native.
 *
 * @param heapUsed with the garbage that is not collected yet
 * @param heapCommitted taken from the system
 * @param other metaspace, code and the like, committed
 * @param direct buffers outside of the heap
 */
record JvmMemory(double heapUsed, double heapCommitted, double other, double direct) {
    private static final double MIB = 1024.0 * 1024;

    static JvmMemory of(HttpClient http, InferenceProcess service) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.address().resolve("/q/metrics")).build();
        return parse(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    static JvmMemory parse(String metrics) {
        return new JvmMemory(
                sum(metrics, "jvm_memory_used_bytes", labels -> labels.contains("area=\"heap\"")),
                sum(metrics, "jvm_memory_committed_bytes", labels -> labels.contains("area=\"heap\"")),
                sum(metrics, "jvm_memory_committed_bytes", labels -> labels.contains("area=\"nonheap\"")),
                sum(metrics, "jvm_buffer_memory_used_bytes", labels -> labels.contains("id=\"direct\"")));
    }

    private static double sum(String metrics, String name, Predicate<String> labels) {
        return metrics.lines()
                        .filter(line -> line.startsWith(name + "{") && labels.test(line))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum()
                / MIB;
    }
}
