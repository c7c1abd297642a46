package io.headwater.ingest.bulk;

import io.headwater.ingest.batch.BatchItem;
import io.headwater.ingest.batch.BatchSource;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.InvalidFileNameException;
import org.apache.commons.fileupload.RequestContext;

/**
 * The file parts of a form, whatever they are called. A part {@code label}, {@code source} or {@code annotator} holds for
 * the files that come after it; the folder in a file's own name stands before that.
 */
final class FormSource implements BatchSource {
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LONGEST_HEADER = 8 * 1024;

    private final FileItemIterator parts;
    private final ImageItems items;
    private Defaults defaults;

    /** Reads up to the first part. */
    FormSource(InputStream in, String contentType, ImageItems items, Defaults defaults) throws IOException {
        FileUpload form = new FileUpload();
        form.setPartHeaderSizeMax(LONGEST_HEADER);
        this.parts = reading(() -> form.getItemIterator(new Form(in, contentType)));
        this.items = items;
        this.defaults = defaults;
    }

    private record Form(InputStream in, String contentType) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return -1;
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }
    }

    @Override
    public Optional<BatchItem> next() throws IOException {
        return reading(this::item);
    }

    private Optional<BatchItem> item() throws IOException, FileUploadException {
        while (parts.hasNext()) {
            FileItemStream part = parts.next();
            try (InputStream content = part.openStream()) {
                String name = part.getName();
                if (name != null) {
                    return Optional.of(items.file(name, content, 0, defaults));
                }
                remember(String.valueOf(part.getFieldName()), content);
            } catch (InvalidFileNameException e) {
                return Optional.of(BatchItem.refused(
                        Optional.of(e.getName()),
                        new ProblemException(
                                ProblemKind.INVALID_PARAMETER, "the name of the file contains a zero byte")));
            }
        }
        return Optional.empty();
    }

    private void remember(String field, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(LONGEST_TEXT + 1);
        if (bytes.length > LONGEST_TEXT) {
            throw new IOException("the part '" + field + "' has no filename and more than " + LONGEST_TEXT + " bytes");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        switch (field) {
            case "label" -> defaults = defaults.withLabel(text);
            case "source" -> defaults = defaults.withSource(text);
            case "annotator" -> defaults = defaults.withAnnotator(text);
            default -> {
                // Browsers send the names of buttons too.
            }
        }
    }

    private interface Reading<T> {
        T read() throws IOException, FileUploadException;
    }

    private static <T> T reading(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (FileUploadException e) {
            throw malformed(e.getMessage());
        } catch (NullPointerException | IndexOutOfBoundsException e) {
            // The library's answers to a part that is a form itself, and names no boundary or one of another length.
            throw malformed("a part of it is a form itself, which is not as it says");
        }
    }

    private static ProblemException malformed(String reason) {
        return new ProblemException(ProblemKind.BROKEN_BATCH, "the form can't be read: " + reason);
    }
}
