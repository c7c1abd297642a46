package io.headwater.e2e.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.local.client.Answer;
import io.headwater.local.client.ControlPlane;
import io.headwater.local.client.FrontDoor;
import io.headwater.local.launch.Addresses;
import io.headwater.local.launch.Home;
import io.headwater.local.launch.LocalCluster;
import io.headwater.local.launch.Ports;
import io.headwater.local.launch.Service;
import io.headwater.local.stream.Leaf;
import io.headwater.local.stream.Light;
import io.headwater.local.stream.SyntheticImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A broker and the three services as processes, from nothing, on free ports. */
final class RunningHeadwater implements AutoCloseable {
    /** Leaves that are easy to tell apart, so that few labels make a model. */
    static final List<Leaf> CLASSES = List.of(Leaf.MAPLE, Leaf.WILLOW, Leaf.GINKGO);

    private static final Path DIRECTORY = Path.of(System.getProperty("headwater.e2e.directory", "target/e2e"));

    private final SyntheticImages images = new SyntheticImages(20_26);
    private final LocalCluster.Builder settings;
    private final LocalCluster cluster;
    private final FrontDoor frontDoor;
    private final ControlPlane controlPlane;
    private final Ledger ledger;

    private RunningHeadwater(LocalCluster.Builder settings, LocalCluster cluster) {
        this.settings = settings;
        this.cluster = cluster;
        this.frontDoor = new FrontDoor(cluster.addresses().ingest());
        this.controlPlane = new ControlPlane(cluster.addresses().trainer());
        this.ledger = new Ledger(cluster.addresses().kafka());
    }

    static RunningHeadwater start(String name) throws InterruptedException, IOException {
        return start(name, Map.of());
    }

    /**
     * Starts one.
     *
     * @param trainer what the trainer is told
     */
    static RunningHeadwater start(String name, Map<String, String> trainer) throws InterruptedException, IOException {
        return start(name, trainer, Map.of());
    }

    /**
     * Starts one.
     *
     * @param trainer what the trainer is told
     * @param inference what the inference-service is told
     */
    static RunningHeadwater start(String name, Map<String, String> trainer, Map<String, String> inference)
            throws InterruptedException, IOException {
        Path root = directory(name);
        // The native libraries of PyTorch are unpacked once for all.
        Home home = new Home(root, DIRECTORY.resolve("cache"));
        LocalCluster.Builder settings = LocalCluster.builder(home, Ports.free())
                .set(Service.TRAINER, "headwater.training.cooldown", "1s")
                // A version that passes the gate is to answer within seconds.
                .set(Service.TRAINER, "headwater.rollout.policy", "immediate")
                // Nothing outside is asked for.
                .set(Service.TRAINER, "headwater.backbone", "openimages");
        trainer.forEach((key, value) -> settings.set(Service.TRAINER, key, value));
        inference.forEach((key, value) -> settings.set(Service.INFERENCE, key, value));
        LocalCluster cluster = settings.build();
        cluster.start();
        return new RunningHeadwater(settings, cluster);
    }

    /** An empty place for files of a name, from nothing. */
    static Path directory(String name) throws IOException {
        Path directory = DIRECTORY.resolve(name);
        wipe(directory);
        return directory;
    }

    /** What the trainer answers. */
    JsonNode trainer(String path) throws InterruptedException, IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(addresses().trainer() + path)).build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    /** Tells the trainer something else, and starts it again for that. */
    void restartTrainer(String key, String value) throws InterruptedException {
        settings.set(Service.TRAINER, key, value);
        cluster.restart(Service.TRAINER);
    }

    LocalCluster cluster() {
        return cluster;
    }

    Addresses addresses() {
        return cluster.addresses();
    }

    ControlPlane controlPlane() {
        return controlPlane;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Sends picture number {@code index}, whose class follows from its number. */
    Answer send(int index, boolean labelled) throws InterruptedException {
        Leaf leaf = leaf(index);
        Optional<String> label = labelled ? Optional.of(leaf.label()) : Optional.empty();
        return frontDoor.post(
                images.jpeg(leaf, Light.DAY, index), "image/jpeg", label, Optional.of("picture-" + index));
    }

    /** Sends pictures and gives the ids of those that were accepted, which must be all. */
    List<String> sendAll(int from, int to, boolean labelled) throws InterruptedException {
        List<String> accepted = new ArrayList<>();
        for (int index = from; index < to; index++) {
            Answer answer = send(index, labelled);
            if (answer instanceof Answer.Accepted yes) {
                accepted.add(yes.id());
            } else {
                throw new AssertionError("picture " + index + " was not accepted: " + answer);
            }
        }
        return accepted;
    }

    static Leaf leaf(int index) {
        return CLASSES.get(index % CLASSES.size());
    }

    static int index(String id) {
        return Integer.parseInt(id.substring("picture-".length()));
    }

    @Override
    public void close() {
        ledger.close();
        cluster.close();
    }

    private static void wipe(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
