package io.headwater.benchmarks.inference.service;

import io.headwater.benchmarks.broker.BrokerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The ways of one input size: one broker, the same files and pictures for all. */
final class Ways implements AutoCloseable {
    private final RigOptions rig;
    private final List<byte[]> pictures;
    private final int partitions;
    private final Duration gather;
    private final BrokerProcess broker;
    private final ServedFiles files;
    private final List<Way> all = new ArrayList<>();

    /**
     * @param size of the backbone's input, pixels
     * @param gather how long the reader of predictions waits for more; zero where their time counts
     */
    Ways(RigOptions rig, List<byte[]> pictures, int partitions, int size, Duration gather) throws IOException {
        this.rig = rig;
        this.pictures = pictures;
        this.partitions = partitions;
        this.gather = gather;
        this.files = rig.files(size);
        this.broker = rig.broker();
    }

    /** Starts one more. */
    Way add(String name, List<Instance> instances) throws IOException, InterruptedException {
        Way way = new Way(name, broker, files, pictures, partitions, gather, rig.jvm(), rig.warmUp(), instances);
        all.add(way);
        return way;
    }

    /** In the order in which they were added. */
    List<Way> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() throws IOException {
        for (Way way : all) {
            way.close();
        }
        broker.close();
        files.close();
    }
}
