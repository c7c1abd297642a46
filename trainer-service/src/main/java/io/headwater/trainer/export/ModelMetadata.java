package io.headwater.trainer.export;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.events.Lineage;
import io.headwater.events.ModelMetrics;
import io.headwater.events.Quality;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an ONNX file of a version says of itself, in its {@code metadata_props}. There is no time of the clock and no duration
 * in it: the same examples, settings and parent give the same bytes, whenever and however fast they are learnt.
 *
 * @param version its number
 * @param labels class names, in the order of the probabilities
 * @param backbone id of the backbone
 * @param inputSize H and W of the image, pixels
 * @param examplesUntil when the newest of its examples became one; empty if there are none
 * @param examples examples it was trained on
 * @param parent the version that was stable when it was trained
 * @param metrics its quality on the holdout
 * @param hyperparameters settings of the training, by name
 * @param exampleOffsets for each partition of {@code examples} the offset after the last record that was read
 * @param lineage where it comes from; its durations are left out
 */
public record ModelMetadata(
        long version,
        List<String> labels,
        String backbone,
        int inputSize,
        Optional<Instant> examplesUntil,
        int examples,
        Optional<Long> parent,
        ModelMetrics metrics,
        Map<String, String> hyperparameters,
        Map<String, Long> exampleOffsets,
        Lineage lineage) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As the file holds it, always in the same order. */
    List<StringStringEntryProto> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("version", Long.toString(version));
        properties.put("labels", json(labels));
        properties.put("backbone", backbone);
        properties.put("inputSize", Integer.toString(inputSize));
        properties.put("examplesUntil", examplesUntil.map(Instant::toString).orElse(""));
        properties.put("examples", Integer.toString(examples));
        properties.put("parent", parent.map(String::valueOf).orElse(""));
        properties.put("metrics", json(metricsTree()));
        properties.put("trigger", lineage.getCause().name());
        properties.put("start", lineage.getStart());
        properties.put("hyperparameters", json(new TreeMap<>(hyperparameters)));
        properties.put("classes", json(classesTree()));
        properties.put("exampleOffsets", json(new TreeMap<>(exampleOffsets)));
        properties.put("labelOffsets", json(new TreeMap<>(lineage.getLabelOffsets())));
        properties.put("embeddingOffsets", json(new TreeMap<>(lineage.getEmbeddingOffsets())));
        properties.put("libraries", json(new TreeMap<>(lineage.getLibraries())));
        return properties.entrySet().stream()
                .map(entry -> StringStringEntryProto.newBuilder()
                        .setKey(entry.getKey())
                        .setValue(entry.getValue())
                        .build())
                .toList();
    }

    private Map<String, Object> metricsTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("initial", tree(metrics.getInitial()));
        tree.put("final", tree(metrics.getTrained()));
        tree.put("baselineAccuracy", metrics.getBaselineAccuracy());
        if (metrics.getStable() != null) {
            tree.put("stable", tree(metrics.getStable()));
        }
        return tree;
    }

    private List<Map<String, Object>> classesTree() {
        return lineage.getClasses().stream()
                .map(one -> {
                    Map<String, Object> tree = new LinkedHashMap<>();
                    tree.put("label", one.getLabel());
                    tree.put("train", one.getTrain());
                    tree.put("holdout", one.getHoldout());
                    tree.put("sha256", one.getSha256());
                    return tree;
                })
                .toList();
    }

    private static Map<String, Object> tree(Quality quality) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("accuracy", quality.getAccuracy());
        tree.put("logLoss", quality.getLogLoss());
        return tree;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new ExportException("metadata can't be written as JSON", e);
        }
    }
}
