package io.headwater.ingest.bulk;

import io.headwater.ingest.batch.BatchItem;
import io.headwater.ingest.batch.BatchSource;
import io.headwater.ingest.batch.GuardedStream;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * The files of a zip archive, in the order in which they stand in it. Its directory at the end comes too late to be asked:
 * an entry that was stored without its size before it can't be read.
 */
final class ZipSource implements BatchSource {
    /** The end record and the longest comment. */
    private static final int LONGEST_END = 22 + 65_535;

    private static final byte[] END_RECORD = {'P', 'K', 5, 6};

    private final GuardedStream compressed;
    private final ZipArchiveInputStream zip;
    private final Inflation inflation;
    private final ImageItems items;
    private final Defaults defaults;
    private boolean readable;

    ZipSource(InputStream in, ImageItems items, Defaults defaults) {
        this.compressed = new GuardedStream(in, LONGEST_END);
        this.zip = new ZipArchiveInputStream(compressed, "UTF-8", true);
        this.inflation = new Inflation(zip, compressed);
        this.items = items;
        this.defaults = defaults;
    }

    @Override
    public Optional<BatchItem> next() throws IOException {
        while (true) {
            // What can't be read is passed over by the reader, packed as it is, where its size stands before it.
            if (readable) {
                inflation.transferTo(OutputStream.nullOutputStream());
            }
            ZipArchiveEntry entry = zip.getNextEntry();
            if (entry == null) {
                checkEnd();
                return Optional.empty();
            }
            readable = zip.canReadEntryData(entry);
            if (!entry.isDirectory()) {
                return Optional.of(item(entry));
            }
        }
    }

    private BatchItem item(ZipArchiveEntry entry) throws IOException {
        if (!readable) {
            return BatchItem.refused(
                    Optional.of(entry.getName()),
                    new ProblemException(
                            ProblemKind.INVALID_PARAMETER,
                            "the entry is encrypted, or packed or stored in a way that can't be read as it comes"));
        }
        if (entry.isUnixSymlink()) {
            return BatchItem.refused(
                    Optional.of(entry.getName()),
                    new ProblemException(ProblemKind.INVALID_PARAMETER, "the entry is a link; only files are read"));
        }
        // What is announced may be a lie; it only saves a copy.
        return items.file(entry.getName(), inflation, Math.max(0, entry.getSize()), defaults);
    }

    private void checkEnd() throws IOException {
        // The comment; the reader stops before it.
        compressed.readNBytes(LONGEST_END);
        byte[] tail = compressed.tail();
        for (int at = 0; at + END_RECORD.length <= tail.length; at++) {
            if (Arrays.equals(tail, at, at + END_RECORD.length, END_RECORD, 0, END_RECORD.length)) {
                return;
            }
        }
        throw new EOFException("a zip archive ends with its directory, which this one has not");
    }
}
