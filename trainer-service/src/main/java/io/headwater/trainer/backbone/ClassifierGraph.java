package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.headwater.trainer.backbone.Trial.Sight;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes an embedding backbone of any ONNX image classifier, and tries it. */
final class ClassifierGraph {
    private ClassifierGraph() {}

    /**
     * The backbone; the same bytes for the same file and options.
     *
     * @param name for people
     * @param file the classifier
     * @param configured what the file can't say, or says wrongly
     * @throws BackboneException if it can't be used; the message begins with "it" or "its"
     */
    static BackboneFile of(String name, byte[] file, ClassifierOptions configured) {
        ModelProto model = FreedNames.in(OnnxFile.parse(file));
        ClassifierOptions options = configured.orElse(metadata(model));
        TensorGraph graph = new TensorGraph(model.getGraph());
        ImageInput input = ImageInput.of(graph);
        int inputSize = options.inputSize().orElse(input.side().orElse(BackboneSource.DEFAULT_INPUT_SIZE));
        Network network = Network.of(model, graph, input, options.pixels(input));
        List<String> tensors = tensors(graph, input, options);
        List<Sight> sights = sights(network, inputSize, tensors);
        int dimension = sights.stream().mapToInt(Sight::width).sum();
        byte[] backbone = EmbeddingGraph.of(
                network, inputSize, sights.stream().map(Sight::tap).toList(), dimension);
        try (Trial trial = new Trial(backbone, inputSize)) {
            trial.check();
        }
        return BackboneFile.of(name, backbone, inputSize, dimension);
    }

    private static List<String> tensors(TensorGraph graph, ImageInput input, ClassifierOptions options) {
        if (options.taps().isEmpty()) {
            return List.of(LastLinearLayer.input(graph, input.name()));
        }
        if (options.taps().get().equals(List.of(MobileNetV2.NAME))) {
            return MobileNetV2.taps(graph);
        }
        List<String> taps = options.taps().get().stream().map(FreedNames::of).toList();
        for (String tap : taps) {
            if (graph.producer(tap).isEmpty()) {
                throw new BackboneException("it has no tensor '" + tap
                        + "', which headwater.backbone.taps names; its last ones are " + lastTensors(graph));
            }
        }
        return taps;
    }

    private static String lastTensors(TensorGraph graph) {
        int nodes = graph.nodes().size();
        return graph.nodes().subList(Math.max(0, nodes - 8), nodes).stream()
                .flatMap(node -> node.getOutputList().stream())
                .collect(Collectors.joining(", "));
    }

    private static List<Sight> sights(Network network, int inputSize, List<String> tensors) {
        try (Trial probe = new Trial(EmbeddingGraph.probe(network, inputSize, tensors), inputSize)) {
            return probe.sights(tensors);
        }
    }

    private static ClassifierOptions metadata(ModelProto model) {
        Map<String, String> metadata = model.getMetadataPropsList().stream()
                .collect(Collectors.toMap(
                        StringStringEntryProto::getKey, StringStringEntryProto::getValue, (first, second) -> first));
        try {
            return OptionText.of(metadata);
        } catch (IllegalArgumentException e) {
            throw new BackboneException("it can't be read: " + e.getMessage(), e);
        }
    }
}
