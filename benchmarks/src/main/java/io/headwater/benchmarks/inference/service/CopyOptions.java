package io.headwater.benchmarks.inference.service;

import io.headwater.benchmarks.machine.Conditions;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where each copy of the service is, and among how many partitions its images are. */
final class CopyOptions {
    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Partitions of the topic of images (${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--cores",
            defaultValue = "",
            paramLabel = "CORES",
            description = "Keep each copy of the service on these cores, as taskset writes them (0).")
    private String cores;

    int partitions() {
        return partitions;
    }

    /** A copy with these settings on top of the common ones. */
    Instance instance(RigOptions rig, Map<String, String> own) {
        return rig.instance(cores, own);
    }

    Conditions addTo(Conditions conditions) {
        return conditions.with("partitions", partitions).with("service on", RigOptions.on(cores));
    }
}
