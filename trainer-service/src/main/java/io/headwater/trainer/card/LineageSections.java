package io.headwater.trainer.card;

import static io.headwater.trainer.card.Markdown.text;

import io.headwater.events.Artifact;
import io.headwater.events.Lineage;
import io.headwater.events.ModelPublished;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Where a version comes from. */
final class LineageSections {
    private LineageSections() {}

    static void write(ModelPublished version, Markdown card) {
        Lineage lineage = version.getLineage();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("trained at", version.getTrainedAt().toString()));
        rows.add(List.of("trigger", text(version.getTrigger())));
        rows.add(List.of(
                "kind of trigger",
                lineage.getCause().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        rows.add(List.of("parent", version.getParent() == null ? "none" : "version " + version.getParent()));
        rows.add(List.of("weights started", lineage.getStart().equals("warm") ? "at the parent's" : "at random"));
        rows.add(List.of("backbone", "`" + version.getBackbone() + "`"));
        rows.add(List.of("read of `labels`, offset per partition", map(lineage.getLabelOffsets())));
        rows.add(List.of("read of `embeddings`", map(lineage.getEmbeddingOffsets())));
        rows.add(List.of("read of `examples`", map(version.getExampleOffsets())));
        rows.add(List.of("settings", map(version.getHyperparameters())));
        rows.add(List.of("made with", map(lineage.getLibraries())));
        rows.add(List.of("milliseconds", map(lineage.getDurations())));
        rows.add(file("model.onnx", version.getModel()));
        rows.add(file("head.onnx", version.getHead()));
        card.section("Lineage").table(List.of("", ""), rows);
    }

    private static List<String> file(String name, Artifact artifact) {
        return List.of("`" + name + "`", artifact.getSize() + " bytes, SHA-256 `" + artifact.getSha256() + "`");
    }

    private static String map(Map<String, ?> values) {
        return String.join(
                ", ",
                new TreeMap<>(values)
                        .entrySet().stream()
                                .map(entry -> text(entry.getKey()) + " " + text(String.valueOf(entry.getValue())))
                                .toList());
    }
}
