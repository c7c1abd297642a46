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
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of a tar archive. */
final class TarSource implements BatchSource {
    private static final int BLOCK = 512;
    /** Long names and extended headers are read into memory, however long they say that they are. */
    private static final long HEADERS = 1 << 20;

    private final GuardedStream blocks;
    private final TarArchiveInputStream tar;
    private final InputStream expanded;
    private final ImageItems items;
    private final Defaults defaults;

    TarSource(InputStream in, ImageItems items, Defaults defaults) {
        this.blocks = new GuardedStream(in, BLOCK);
        this.tar = new TarArchiveInputStream(blocks, "UTF-8");
        this.expanded = new Inflation(tar, blocks);
        this.items = items;
        this.defaults = defaults;
    }

    @Override
    public Optional<BatchItem> next() throws IOException {
        while (true) {
            passOver();
            blocks.allow(HEADERS, "the header of an entry");
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null) {
                checkEnd();
                return Optional.empty();
            }
            blocks.allow(Long.MAX_VALUE, "");
            if (!entry.isDirectory()) {
                return Optional.of(item(entry));
            }
        }
    }

    /**
     * What was left of the last entry, so that a header is all that comes next. The holes of a sparse one are counted: it
     * says itself how many zeros they are, and no byte of the upload need stand for them.
     */
    private void passOver() throws IOException {
        if (tar.getCurrentEntry() != null) {
            expanded.transferTo(OutputStream.nullOutputStream());
        }
    }

    private BatchItem item(TarArchiveEntry entry) throws IOException {
        // Sparse files are expanded while they are read, to whatever size they say.
        if (!entry.isFile() || isSpecial(entry)) {
            return BatchItem.refused(
                    Optional.of(entry.getName()),
                    new ProblemException(
                            ProblemKind.INVALID_PARAMETER,
                            "the entry is a link, a device or a sparse file; only plain files are read"));
        }
        return items.file(entry.getName(), tar, entry.getSize(), defaults);
    }

    private static boolean isSpecial(TarArchiveEntry entry) {
        return entry.isLink()
                || entry.isSymbolicLink()
                || entry.isSparse()
                || entry.isBlockDevice()
                || entry.isCharacterDevice()
                || entry.isFIFO();
    }

    private void checkEnd() throws IOException {
        // More zeros; and where it is compressed, a checksum that may be missing.
        blocks.allow(HEADERS, "what comes after its end");
        blocks.transferTo(OutputStream.nullOutputStream());
        for (byte last : blocks.tail()) {
            if (last != 0) {
                throw new EOFException("a tar archive ends with blocks of zeros, which this one has not");
            }
        }
    }
}
