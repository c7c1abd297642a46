package io.headwater.ingest.bulk;

import io.headwater.ingest.batch.BatchSource;
import io.headwater.ingest.batch.GuardedStream;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Tells by content what kind of batch comes; only a form is known by its type, which has its boundary. */
@ApplicationScoped
class ImageBatches {
    private static final int BUFFER = 64 * 1024;
    private static final int HEAD = 512;
    private static final int USTAR = 257;

    private final ImageItems items;

    ImageBatches(ImageItems items) {
        this.items = items;
    }

    /**
     * Begins to read a batch.
     *
     * @throws ProblemException (400, 415) if it is empty, or nothing that is known
     */
    BatchSource open(InputStream body, String contentType, Defaults defaults) throws IOException {
        InputStream in = new BufferedInputStream(body, BUFFER);
        if (contentType.startsWith("multipart/form-data")) {
            return new FormSource(in, contentType, items, defaults);
        }
        if (beginsAsJson(in)) {
            return new JsonLineSource(in, items, defaults);
        }
        String head = head(in);
        if (head.isEmpty()) {
            throw new ProblemException(ProblemKind.EMPTY_BODY, "the body is empty; send a tar, a zip or lines of JSON");
        }
        if (head.startsWith("PK\3\4") || head.startsWith("PK\5\6")) {
            return new ZipSource(in, items, defaults);
        }
        if (head.startsWith("\u001f\u008b")) {
            GuardedStream compressed = new GuardedStream(in, 1);
            // Small: what is read at once is lost at once where the archive is cut off.
            InputStream tar = new BufferedInputStream(
                    new Inflation(new GzipCompressorInputStream(compressed, true), compressed), HEAD);
            return tar(tar, head(tar), defaults);
        }
        return tar(in, head, defaults);
    }

    private BatchSource tar(InputStream in, String head, Defaults defaults) {
        // An archive of nothing is two blocks of zeros.
        if (head.startsWith("ustar", USTAR)
                || (head.length() == HEAD && head.chars().allMatch(one -> one == 0))) {
            return new TarSource(in, items, defaults);
        }
        throw new ProblemException(
                ProblemKind.UNSUPPORTED_BATCH,
                "the body is none of the batches that are known: a tar (also with gzip), a zip, a form, or lines of JSON"
                        + " objects");
    }

    /** A byte is enough to know; more may come only after the first line was answered. */
    private static boolean beginsAsJson(InputStream in) throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == '{' || first == '\n' || first == '\r' || first == ' ';
    }

    private static String head(InputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        return new String(head, StandardCharsets.ISO_8859_1);
    }
}
