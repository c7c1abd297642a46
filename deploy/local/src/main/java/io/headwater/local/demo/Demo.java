package io.headwater.local.demo;

import io.headwater.local.client.ControlPlane;
import io.headwater.local.client.FrontDoor;
import io.headwater.local.client.PredictionReader;
import io.headwater.local.launch.Addresses;
import io.headwater.local.launch.ClusterListener;
import io.headwater.local.launch.Home;
import io.headwater.local.launch.LocalCluster;
import io.headwater.local.launch.Ports;
import io.headwater.local.launch.RunningCluster;
import io.headwater.local.launch.Service;
import io.headwater.local.launch.StartException;
import io.headwater.local.stream.SyntheticImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Everything from nothing to a served, retrained, better model, and a bad one that is stopped and taken back: real services and a real Kafka, started for it on free
 * ports and stopped after it, and a stream of generated pictures.
 */
public final class Demo {

    private final Home home;
    private final long seed;
    private final PrintWriter out;
    private final ClusterListener listener;

    /**
     * Of that home, whose content is deleted, with the pictures of that seed.
     *
     * @param home for this demonstration only
     * @param listener hears what happens to the processes
     */
    public Demo(Home home, long seed, PrintWriter out, ClusterListener listener) {
        this.home = home;
        this.seed = seed;
        this.out = out;
        this.listener = listener;
    }

    /** Tells the story; returns when everything is stopped again. */
    public void run() throws InterruptedException, IOException {
        wipe();
        var narrator = new Narrator(out);
        narrator.plain("Headwater's demonstration: from nothing to a model that is served and keeps learning.");
        narrator.plain("Its state is in %s, wiped at every start.", home.root());
        narrator.chapter("0. Kafka and the three services start on free ports.");
        // Short waits, so that the story does not drag; see the trainer-service's application.properties.
        LocalCluster cluster = LocalCluster.builder(home, Ports.free())
                .listener(listener)
                .set(Service.TRAINER, "headwater.training.min-new-labels", "50")
                .set(Service.TRAINER, "headwater.training.cooldown", "5s")
                // The labels of the first chapters come all at once, so each version that passes the gate answers at
                // once as
                // well; the later chapters are about what else there is to pass.
                .set(Service.TRAINER, "headwater.rollout.policy", "immediate")
                // All pictures of a batch get their late labels, so none was chosen for what is on it.
                .set(Service.TRAINER, "headwater.quality.counted", "all")
                // The bundled one: the same story everywhere, and nothing is downloaded for it.
                .set(Service.TRAINER, "headwater.backbone", "openimages")
                .build();
        var interrupted = new AtomicBoolean();
        Thread stop = new Thread(
                () -> {
                    interrupted.set(cluster.isOpen());
                    cluster.close();
                },
                "stop-demo");
        Runtime.getRuntime().addShutdownHook(stop);
        try (cluster) {
            cluster.start();
            tell(cluster.addresses(), narrator);
            narrator.chapter("Done. Stopping everything.");
        } catch (RuntimeException e) {
            // After Ctrl-C nothing answers any more; that is no news.
            if (!interrupted.get()) {
                throw e;
            }
            return;
        }
        narrator.plain("");
        narrator.plain(
                "The model files are in %s: any ONNX runtime serves a model.onnx.",
                home.artifacts().resolve("models"));
        narrator.plain(
                "Next, with your own pictures: ./headwater up, then ./headwater ingest DIR (a folder of class folders).");
    }

    private void tell(Addresses addresses, Narrator narrator) throws InterruptedException {
        var trainer = new ControlPlane(addresses.trainer());
        try (var leaves = new Leaves(new SyntheticImages(seed), new FrontDoor(addresses.ingest()));
                var live = new LiveCheck(new PredictionReader(addresses.kafka()), narrator)) {
            new Story(new Pictures(leaves, live, narrator), new Training(trainer, narrator), trainer, narrator).tell();
        }
    }

    private void wipe() throws InterruptedException, IOException {
        var running = new RunningCluster(home);
        if (running.ports().isPresent()) {
            throw new StartException("Another demonstration runs in " + home.root() + "; wait for it, or set "
                    + Home.VARIABLE + " for a second one.");
        }
        running.stop();
        if (!Files.exists(home.root())) {
            return;
        }
        try (Stream<Path> walk = Files.walk(home.root())) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
