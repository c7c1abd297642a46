package io.headwater.inference.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * ONNX Runtime as it runs backbones here: on the processor or on a GPU, chosen once. Heads always run on the processor, they
 * are too small for anything else.
 */
public final class Engine {
    private static final Logger LOG = Logger.getLogger(Engine.class);
    /** Which GPU, where there are several: the first that CUDA_VISIBLE_DEVICES leaves visible. */
    private static final int FIRST_GPU = 0;

    private final Choice choice;
    private final int intraOpThreads;

    private Engine(Choice choice, int intraOpThreads) {
        this.choice = choice;
        this.intraOpThreads = intraOpThreads;
    }

    /**
     * What was chosen.
     *
     * @param cuda whether it is the GPU
     * @param missing why it is not, where it was wanted if possible
     */
    record Choice(boolean cuda, Optional<String> missing) {}

    /**
     * Chooses.
     *
     * @param intraOpThreads threads inside one call of a backbone
     * @throws IllegalArgumentException if that can't be; the message names key, value and remedy
     */
    public static Engine of(Device device, int intraOpThreads) {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException(
                    "headwater.inference.intra-op-threads is " + intraOpThreads + ", but must be at least 1");
        }
        Choice choice = choose(device, Engine::lacking);
        choice.missing()
                .ifPresent(missing -> LOG.infof(
                        "headwater.inference.device is auto: images are embedded on the CPU, because %s", missing));
        return new Engine(choice, intraOpThreads);
    }

    /** On the processor. */
    public static Engine cpu(int intraOpThreads) {
        return of(Device.CPU, intraOpThreads);
    }

    /** @param missing what CUDA lacks here, if anything */
    static Choice choose(Device wanted, Supplier<Optional<String>> missing) {
        if (wanted == Device.CPU) {
            return new Choice(false, Optional.empty());
        }
        Optional<String> reason = missing.get();
        if (reason.isPresent() && wanted == Device.CUDA) {
            throw new IllegalArgumentException("headwater.inference.device is cuda, but " + reason.get()
                    + "; or set it to auto, which then takes the CPU, or to cpu");
        }
        return new Choice(reason.isEmpty(), reason);
    }

    private static Optional<String> lacking() {
        OrtEnvironment environment = environment();
        if (!environment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return Optional.of("this service was built with ONNX Runtime for the CPU: build it with"
                    + " -Donnxruntime.artifact=onnxruntime_gpu");
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.addCUDA(FIRST_GPU);
            return Optional.empty();
        } catch (OrtException e) {
            return Optional.of("ONNX Runtime can't use a GPU: " + e.getMessage()
                    + "; check the driver, CUDA 12 and cuDNN 9 (nvidia-smi, LD_LIBRARY_PATH)");
        }
    }

    /**
     * Loads a graph for this device.
     *
     * @param name for messages
     * @throws IllegalArgumentException if ONNX Runtime does not take it
     */
    Model load(String name, byte[] onnx) {
        Model model = djl().newModel(name, ai.djl.Device.cpu());
        boolean complete = false;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(intraOpThreads);
            options.setInterOpNumThreads(1);
            if (choice.cuda()) {
                options.addCUDA(FIRST_GPU);
            }
            model.load(new ByteArrayInputStream(onnx), Map.of("sessionOptions", options));
            complete = true;
            return model;
        } catch (IOException | MalformedModelException | EngineException | OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime does not take " + name + ": " + reason(e), e);
        } finally {
            if (!complete) {
                model.close();
            }
        }
    }

    /** DJL says only that it failed, and keeps what ONNX Runtime said. */
    private static String reason(Exception e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    private static ai.djl.engine.Engine djl() {
        return ai.djl.engine.Engine.getEngine("OnnxRuntime");
    }

    /** The environment, which DJL wants to be the first to ask for. */
    static OrtEnvironment environment() {
        djl();
        return OrtEnvironment.getEnvironment();
    }

    /** {@code cpu} or {@code cuda}. */
    public String device() {
        return choice.cuda() ? "cuda" : "cpu";
    }

    /** Why a GPU that was wanted if possible is not used. */
    public Optional<String> missing() {
        return choice.missing();
    }

    /** Threads inside one call of a backbone. */
    public int intraOpThreads() {
        return intraOpThreads;
    }

    /** ONNX Runtime's version. */
    public static String version() {
        return environment().getVersion();
    }

    /** The execution providers that this build of ONNX Runtime has. */
    public static Set<String> providers() {
        Set<String> names = new TreeSet<>();
        environment().getAvailableProviders().forEach(provider -> names.add(provider.getName()));
        return names;
    }
}
