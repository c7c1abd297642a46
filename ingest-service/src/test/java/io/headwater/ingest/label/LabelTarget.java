package io.headwater.ingest.label;

import static io.headwater.ingest.fuzz.FuzzTarget.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.ingest.batch.BatchSource;
import io.headwater.ingest.batch.Drained;
import io.headwater.ingest.fuzz.FuzzTarget;
import io.headwater.ingest.intake.SmallIntake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** Any bytes are labels, as CSV and as lines of JSON: whoever reads them must cope with both. */
public final class LabelTarget implements FuzzTarget {
    private final ObjectMapper json = new ObjectMapper();
    private final LabelItems items;

    /** Labels that go nowhere. */
    public LabelTarget() {
        SmallIntake intake = new SmallIntake();
        items = new LabelItems(intake.publisher(), intake.clock());
    }

    @Override
    public Map<String, byte[]> seeds() {
        return Map.of(
                "csv", "id,label,annotator\r\na-1,tulip,ann\r\na-2,\"red \"\"rose\"\"\"\n\n".getBytes(UTF_8),
                "csv-mark", "\uFEFFid,label\na-1,T\u00fclpe\n".getBytes(UTF_8),
                "lines",
                        """
                        {"id": "a-1", "label": "tulip", "annotator": "ann"}

                        {"id": "a-2", "label": null}
                        {"id": 3}
                        """
                                .getBytes(UTF_8));
    }

    @Override
    public void take(byte[] input) {
        int lines = 1;
        for (byte each : input) {
            lines += each == '\n' || each == '\r' ? 1 : 0;
        }
        Drained csv = drained(input, in -> new CsvLabelSource(in, items, Optional.empty()));
        require(csv.lines().size() <= lines, "more answers than lines");
        Drained json = drained(input, in -> new JsonLabelSource(in, this.json, items, Optional.empty()));
        require(json.lines().size() <= lines, "more answers than lines");
        require(json.broken().isEmpty(), "one bad line ended the batch: " + json.broken());
    }

    private interface Reader {
        BatchSource over(InputStream in) throws IOException;
    }

    private static Drained drained(byte[] input, Reader reader) {
        return Drained.of(() -> reader.over(new ByteArrayInputStream(input)));
    }
}
