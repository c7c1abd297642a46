package io.headwater.trainer.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/** DJL's PyTorch engine, on one thread and without the network. */
public final class PyTorch {
    private static final String ENGINE = "PyTorch";

    private PyTorch() {}

    /**
     * Loads the engine if it is not loaded yet; takes seconds the first time.
     *
     * @return its version
     */
    public static String load() {
        return engine().getVersion();
    }

    static NDManager newManager() {
        return engine().newBaseManager();
    }

    /**
     * The settings must be there before the engine is: one thread, because a head is too small to gain from two and
     * collapses when the cores are busy; offline, because the native library comes with the class path.
     */
    static Engine engine() {
        setDefault("ai.djl.offline", "true");
        setDefault("ai.djl.pytorch.num_threads", "1");
        setDefault("ai.djl.pytorch.num_interop_threads", "1");
        setDefault("ai.djl.default_engine", ENGINE);
        return Engine.getEngine(ENGINE);
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
