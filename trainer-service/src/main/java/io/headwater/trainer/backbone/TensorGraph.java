package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A graph, and which node makes and which nodes read a tensor. */
final class TensorGraph {
    /** What they give depends on the shape of their input, not on the picture. */
    private static final Set<String> SHAPE_ONLY = Set.of("Shape", "Size");

    private final GraphProto graph;
    private final Map<String, NodeProto> producers = new HashMap<>();
    private final Map<String, List<NodeProto>> readers = new HashMap<>();
    private final Map<String, TensorProto> initializers = new LinkedHashMap<>();

    TensorGraph(GraphProto graph) {
        this.graph = graph;
        graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getNodeList()) {
            node.getOutputList().forEach(output -> producers.put(output, node));
            inputs(node).forEach(input -> readers.computeIfAbsent(input, none -> new ArrayList<>())
                    .add(node));
        }
    }

    /** Its nodes, each after those whose outputs it reads. */
    List<NodeProto> nodes() {
        return graph.getNodeList();
    }

    /** Names of its outputs. */
    List<String> outputs() {
        return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    /** Its inputs but for those that only declare an initialiser, as old files do. */
    List<ValueInfoProto> inputs() {
        return graph.getInputList().stream()
                .filter(input -> !initializers.containsKey(input.getName()))
                .toList();
    }

    /** The node whose output {@code tensor} is. */
    Optional<NodeProto> producer(String tensor) {
        return Optional.ofNullable(producers.get(tensor));
    }

    /** The nodes that read {@code tensor}. */
    List<NodeProto> readers(String tensor) {
        return readers.getOrDefault(tensor, List.of());
    }

    /** The weights of this name. */
    Optional<TensorProto> initializer(String name) {
        return Optional.ofNullable(initializers.get(name));
    }

    /** All weights. */
    Collection<TensorProto> initializers() {
        return initializers.values();
    }

    /** The nodes that {@code tensors} need, in their order. */
    List<NodeProto> behind(Collection<String> tensors) {
        Set<String> needed = new HashSet<>(tensors);
        List<NodeProto> behind = new ArrayList<>();
        for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
            NodeProto node = graph.getNode(i);
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                needed.addAll(inputs(node));
                behind.add(0, node);
            }
        }
        return behind;
    }

    /** All tensors whose values come from those of {@code tensor}; it is one of them. */
    Set<String> from(String tensor) {
        Set<String> reached = new HashSet<>(Set.of(tensor));
        for (NodeProto node : graph.getNodeList()) {
            if (!SHAPE_ONLY.contains(node.getOpType()) && inputs(node).stream().anyMatch(reached::contains)) {
                reached.addAll(node.getOutputList());
            }
        }
        return reached;
    }

    /** What a node reads, also from inside the graphs of an {@code If} or a {@code Loop}. */
    static Set<String> inputs(NodeProto node) {
        Set<String> inputs = new HashSet<>(node.getInputList());
        inputs.remove("");
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                attribute.getG().getNodeList().forEach(inner -> inputs.addAll(inputs(inner)));
                attribute.getG().getOutputList().forEach(output -> inputs.add(output.getName()));
            }
        }
        return inputs;
    }

    /** An integer attribute of a node. */
    static Optional<Long> integer(NodeProto node, String name) {
        return attribute(node, name).map(AttributeProto::getI);
    }

    /** A list of integers that is an attribute of a node; empty when it isn't there. */
    static List<Long> integers(NodeProto node, String name) {
        return attribute(node, name).map(AttributeProto::getIntsList).orElse(List.of());
    }

    private static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }
}
