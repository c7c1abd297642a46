package io.headwater.trainer.export;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.events.ModelMetrics;
import io.headwater.events.Quality;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an ONNX file of a version says of itself, in its {@code metadata_props}.
 *
 * @param version its number
 * @param labels class names, in the order of the probabilities
 * @param backbone id of the backbone
 * @param inputSize H and W of the image, pixels
 * @param trainedAt when the training ended
 * @param examples examples it was trained on
 * @param parent the version that was stable when it was trained
 * @param metrics its quality on the holdout
 */
public record ModelMetadata(
        long version,
        List<String> labels,
        String backbone,
        int inputSize,
        Instant trainedAt,
        int examples,
        Optional<Long> parent,
        ModelMetrics metrics) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As the file holds it, always in the same order. */
    List<StringStringEntryProto> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("version", Long.toString(version));
        properties.put("labels", json(labels));
        properties.put("backbone", backbone);
        properties.put("inputSize", Integer.toString(inputSize));
        properties.put("trainedAt", trainedAt.toString());
        properties.put("examples", Integer.toString(examples));
        properties.put("parent", parent.map(String::valueOf).orElse(""));
        properties.put("metrics", json(metricsTree()));
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
