package io.headwater.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The YAML files of this directory. */
final class Manifests {
    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifests() {}

    /** All files below the base and the overlays. */
    static List<Path> files() throws IOException {
        try (Stream<Path> base = Files.walk(Path.of("base"));
                Stream<Path> overlays = Files.walk(Path.of("overlays"))) {
            return Stream.concat(base, overlays)
                    .filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** All documents of a file. */
    static List<JsonNode> read(Path file) throws IOException {
        return read(Files.readString(file));
    }

    /** All documents of a stream of them. */
    static List<JsonNode> read(String documents) throws IOException {
        try (MappingIterator<JsonNode> read = YAML.readerFor(JsonNode.class).readValues(documents)) {
            return read.readAll().stream().filter(JsonNode::isObject).toList();
        }
    }

    /** {@code apiVersion} and {@code kind}, such as {@code apps/v1 Deployment}. */
    static String kind(JsonNode document) {
        return document.path("apiVersion").asText() + " "
                + document.path("kind").asText();
    }
}
