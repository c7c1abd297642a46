package io.headwater.inference;

import io.headwater.inference.model.Backbone;
import io.headwater.inference.model.Engine;
import java.util.Optional;
import java.util.Set;

/**
 * What images are embedded with, as told to people.
 *
 * @param engine its name
 * @param version its version
 * @param providers execution providers that this build of it has
 * @param device {@code cpu} or {@code cuda}
 * @param withoutGpuBecause what a GPU lacks, where it was wanted if possible
 * @param processors that the JVM sees: in a container, what its limit leaves, rounded up
 * @param threads images that are worked on at the same time
 * @param sessions that hold the backbone; all threads share it
 * @param intraOpThreads threads inside one call of the backbone
 * @param backbone what is loaded; empty before the first
 */
public record EngineState(
        String engine,
        String version,
        Set<String> providers,
        String device,
        Optional<String> withoutGpuBecause,
        int processors,
        int threads,
        int sessions,
        int intraOpThreads,
        Optional<Loaded> backbone) {

    /**
     * The backbone that serves.
     *
     * @param id SHA-256 of its file
     * @param precision {@code fp32} or {@code int8}
     * @param inputSize H and W, pixels
     * @param dimension numbers of an embedding
     */
    public record Loaded(String id, String precision, int inputSize, int dimension) {
        static Loaded of(Backbone backbone) {
            return new Loaded(backbone.id(), backbone.precision(), backbone.inputSize(), backbone.dimension());
        }
    }

    static EngineState of(Engine engine, int threads, Optional<Loaded> backbone) {
        return new EngineState(
                "ONNX Runtime",
                Engine.version(),
                Engine.providers(),
                engine.device(),
                engine.missing(),
                Runtime.getRuntime().availableProcessors(),
                threads,
                1,
                engine.intraOpThreads(),
                backbone);
    }
}
