package io.headwater.ingest.label;

import io.headwater.ingest.batch.BatchItem;
import io.headwater.ingest.batch.BatchSource;
import io.headwater.ingest.batch.GuardedStream;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Labels as CSV (RFC 4180, UTF-8): id, label and, if it is there, annotator, in this order. A first line that begins with
 * {@code id} is a heading.
 */
final class CsvLabelSource implements BatchSource {
    /** A quote that is never closed would be read into memory for ever. */
    private static final long LONGEST = 64 * 1024;
    /** Readers read ahead. */
    private static final long AHEAD = 16 * 1024;

    private final GuardedStream in;
    private final CSVParser parser;
    private final LabelItems items;
    private final Optional<String> known;
    private Iterator<CSVRecord> records;

    CsvLabelSource(InputStream in, LabelItems items, Optional<String> known) throws IOException {
        this.in = new GuardedStream(in, 1);
        this.parser = CSVParser.builder()
                .setReader(new InputStreamReader(this.in, StandardCharsets.UTF_8))
                .setFormat(CSVFormat.RFC4180
                        .builder()
                        .setIgnoreEmptyLines(true)
                        .setTrim(true)
                        .get())
                .get();
        this.items = items;
        this.known = known;
    }

    @Override
    public Optional<BatchItem> next() throws IOException {
        in.allow(LONGEST + AHEAD, "a line");
        try {
            if (records == null) {
                records = parser.iterator();
            }
            while (records.hasNext()) {
                CSVRecord record = records.next();
                if (record.getRecordNumber() > 1 || !isHeading(record)) {
                    return Optional.of(item(record));
                }
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isHeading(CSVRecord record) {
        // Spreadsheets begin UTF-8 with a byte order mark.
        return record.get(0).replace("\uFEFF", "").equalsIgnoreCase("id");
    }

    private BatchItem item(CSVRecord record) {
        if (record.size() < 2 || record.size() > 3) {
            return BatchItem.refused(
                    Optional.empty(),
                    new ProblemException(
                            ProblemKind.MALFORMED_REQUEST,
                            "the line has " + record.size() + " columns; it needs id, label and perhaps annotator"));
        }
        String annotator = record.size() == 3 ? record.get(2) : null;
        return items.give(record.get(0), record.get(1), known.orElse(annotator));
    }
}
