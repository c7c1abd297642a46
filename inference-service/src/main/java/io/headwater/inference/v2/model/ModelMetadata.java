package io.headwater.inference.v2.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What a version takes and gives, as the protocol describes it.
 *
 * @param name of the model
 * @param versions those in play
 * @param platform of the protocol's list of them
 * @param inputs tensors
 * @param outputs tensors
 * @param parameters what the protocol has no place for
 */
public record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<Tensor> inputs,
        List<Tensor> outputs,
        Parameters parameters) {
    /** Name of the input. */
    public static final String IMAGE = "image";
    /** Name of the output with the probability of each label. */
    public static final String PROBABILITIES = "probabilities";
    /** Name of the output with the embedding. */
    public static final String EMBEDDING = "embedding";

    private static final int ANY = -1;

    /**
     * A tensor.
     *
     * @param shape dimensions, -1 is any
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Tensor(String name, String datatype, List<Integer> shape, Map<String, String> parameters) {}

    /**
     * More about the version.
     *
     * @param version the one that is described
     * @param labels in the order of the probabilities
     * @param encoded another form in which the input may come
     */
    public record Parameters(String version, List<String> labels, Tensor encoded) {}

    static ModelMetadata of(ServedVersion served, List<String> versions) {
        int size = served.inputSize();
        return new ModelMetadata(
                Catalogue.NAME,
                versions,
                "onnxruntime_onnx",
                List.of(new Tensor(IMAGE, "UINT8", List.of(ANY, size, size, 3), Map.of())),
                List.of(
                        new Tensor(
                                PROBABILITIES,
                                "FP32",
                                List.of(ANY, served.labels().size()),
                                Map.of()),
                        new Tensor(
                                EMBEDDING,
                                "FP32",
                                List.of(ANY, served.dimension()),
                                Map.of("returned", "when it is asked for"))),
                new Parameters(
                        served.version(),
                        served.labels(),
                        new Tensor(IMAGE, "BYTES", List.of(ANY), Map.of("content_type", "image/jpeg"))));
    }
}
