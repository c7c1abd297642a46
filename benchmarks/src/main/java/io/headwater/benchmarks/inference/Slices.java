package io.headwater.benchmarks.inference;

import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.stream.Profile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole pipeline of the service, from a filled topic to committed results, in slices of some hundred milliseconds. The
 * speed of a shared machine changes from second to second; what is measured in turns with such slices sees the same machine.
 *
 * <p>What the pipeline still does after a slice (sending the last results, the last commit) is waited for and added to it, as
 * processor time: on one core it would have kept the workers from their work for so long.
 */
final class Slices implements AutoCloseable {
    // Longer than the commit interval of every profile.
    private static final Duration SETTLING = Duration.ofMillis(300);

    private final RunningPipeline pipeline;
    private final Gate gate;
    private final int threads;
    private final Costs costs = Costs.none();
    private volatile DecodedPhotographs decoded;
    private volatile boolean decodes = true;
    private int sent;
    private int passed;

    Slices(List<byte[]> jpegs, Profile profile, int threads, List<String> brokerPrefix) throws IOException {
        this.threads = threads;
        this.gate = new Gate(threads);
        this.pipeline = new RunningPipeline(jpegs, profile, threads, this::reader, brokerPrefix);
    }

    private PictureReader reader(int size) {
        Pixels pixels = new Pixels(size);
        return gate.before((jpeg, target) -> {
            if (decodes) {
                pixels.read(jpeg, target);
            } else {
                decoded.reader().read(jpeg, target);
            }
        });
    }

    RunningPipeline pipeline() {
        return pipeline;
    }

    /** From the next slice on pictures are decoded. */
    void decode() {
        decodes = true;
    }

    /** From the next slice on pixels are looked up. */
    void lookUp(DecodedPhotographs pictures) {
        decoded = pictures;
        decodes = false;
    }

    /** Images on their way to the workers that have their generation already: so many see the one before. */
    int ahead() {
        return RunningPipeline.inFlight(threads);
    }

    /** Puts so many images more into the topic than have passed and will be under way. */
    void fill(int images) {
        for (int end = passed + images + ahead() + threads; sent < end; sent++) {
            pipeline.send(sent);
        }
        pipeline.flush();
    }

    /** Lets images through that are not measured. */
    void skip(int images) {
        gate.pass(images);
        passed += images;
        settle();
    }

    /** Measures one slice. So many images must be in the topic, and as many more as are under way. */
    Measured slice(int images) {
        Costs before = Costs.now();
        long cpu = Cpu.ofThisProcess();
        long broker = pipeline.brokerCpuNanos();
        long wall = gate.pass(images);
        passed += images;
        long working = Cpu.ofThisProcess();
        settle();
        long done = Cpu.ofThisProcess();
        costs.add(before, Costs.now(), images);
        return Measured.of(images, wall + (done - working) / threads, done - cpu, pipeline.brokerCpuNanos() - broker);
    }

    private static void settle() {
        long end = System.nanoTime() + SETTLING.toNanos();
        for (long left = SETTLING.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Where the time and the memory of all slices since the last call went. */
    String costs() {
        return costs.take();
    }

    @Override
    public void close() throws IOException {
        gate.remove();
        pipeline.close();
    }
}
