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
        try {
            this.parts = form.getItemIterator(new Form(in, contentType));
        } catch (FileUploadException e) {
            throw malformed(e);
        }
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
        try {
            while (parts.hasNext()) {
                FileItemStream part = parts.next();
                String name = part.getName();
                try (InputStream content = part.openStream()) {
                    if (name != null) {
                        return Optional.of(items.file(name, content, 0, defaults));
                    }
                    remember(String.valueOf(part.getFieldName()), content);
                }
            }
            return Optional.empty();
        } catch (FileUploadException e) {
            throw malformed(e);
        }
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

    private static ProblemException malformed(FileUploadException e) {
        return new ProblemException(ProblemKind.BROKEN_BATCH, "the form can't be read: " + e.getMessage());
    }
}
