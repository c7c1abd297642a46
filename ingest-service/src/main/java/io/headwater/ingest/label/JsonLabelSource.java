package io.headwater.ingest.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.ingest.batch.BatchItem;
import io.headwater.ingest.batch.BatchSource;
import io.headwater.ingest.batch.Lines;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Labels as lines of JSON: {@code {"id": "...", "label": "...", "annotator": "..."}}, and null to take one back. */
final class JsonLabelSource implements BatchSource {
    private static final int LONGEST = 64 * 1024;

    private final Lines lines;
    private final ObjectMapper json;
    private final LabelItems items;
    private final Optional<String> known;

    JsonLabelSource(InputStream in, ObjectMapper json, LabelItems items, Optional<String> known) {
        this.lines = new Lines(in);
        this.json = json;
        this.items = items;
        this.known = known;
    }

    @Override
    public Optional<BatchItem> next() throws IOException {
        Optional<InputStream> line = lines.next();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream text = line.get()) {
            byte[] bytes = text.readNBytes(LONGEST + 1);
            return Optional.of(
                    bytes.length > LONGEST
                            ? malformed("the line has more than " + LONGEST + " bytes")
                            : item(json.readTree(bytes)));
        } catch (JsonProcessingException e) {
            return Optional.of(malformed("the line is not valid JSON: " + e.getOriginalMessage()));
        } catch (CharConversionException e) {
            // What has zeros in it is taken for UTF-32.
            return Optional.of(malformed("the line is not valid JSON: " + e.getMessage()));
        }
    }

    private BatchItem item(JsonNode label) {
        if (!label.isObject() || !label.path("id").isTextual() || !label.has("label")) {
            return malformed("the line is no object with the members 'id' and 'label'");
        }
        String id = label.get("id").textValue();
        if (label.get("label").isNull()) {
            return items.withdraw(id);
        }
        return items.give(id, label.get("label").textValue(), known.orElseGet(() -> label.path("annotator")
                .textValue()));
    }

    private static BatchItem malformed(String detail) {
        return BatchItem.refused(Optional.empty(), new ProblemException(ProblemKind.MALFORMED_REQUEST, detail));
    }
}
