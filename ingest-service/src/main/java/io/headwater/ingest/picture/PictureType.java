package io.headwater.ingest.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;

/** What the first bytes of an upload say that it is; names and content types sent along are not asked. */
enum PictureType {
    JPEG("a JPEG"),
    PNG("a PNG"),
    WEBP("a WebP"),
    GIF("a GIF"),
    BMP("a BMP"),
    TIFF("a TIFF"),
    HEIF("a HEIF or AVIF picture"),
    JPEG_XL("a JPEG XL"),
    JPEG_2000("a JPEG 2000"),
    PDF("a PDF document");

    /** What a refusal ends with. */
    static final String ACCEPTED = "JPEG, PNG, WebP, GIF, BMP and TIFF are accepted";

    private final String article;

    PictureType(String article) {
        this.article = article;
    }

    /**
     * Tells the type by content, and reads its container.
     *
     * @throws PictureRefusedException if it is nothing that is accepted; the sentence names what was found
     */
    static Sniffed sniff(byte[] upload) {
        PictureType type = find(upload)
                .orElseThrow(() ->
                        PictureRefusedException.unsupported("the upload is not an image of a known type; " + ACCEPTED));
        Container container =
                switch (type) {
                    case JPEG -> JpegContainer.scan(upload);
                    case PNG -> PngContainer.scan(upload);
                    case WEBP -> WebpContainer.scan(upload);
                    case GIF -> GifContainer.scan(upload);
                    case BMP -> BmpContainer.scan(upload);
                    // A TIFF is what the others have for their EXIF.
                    case TIFF -> Container.whole(upload);
                    default ->
                        throw PictureRefusedException.unsupported("the upload is " + type.article + "; " + ACCEPTED);
                };
        return new Sniffed(type, container);
    }

    /** An accepted type and its container. */
    record Sniffed(PictureType type, Container container) {}

    /** With its article: "a JPEG". */
    String article() {
        return article;
    }

    private static Optional<PictureType> find(byte[] upload) {
        // ISO 8859-1 maps each byte to the character of the same number.
        String head = new String(Arrays.copyOf(upload, Math.min(upload.length, 16)), ISO_8859_1);
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        if (head.startsWith("GIF8")) {
            return Optional.of(GIF);
        }
        if (head.startsWith("BM")) {
            return Optional.of(BMP);
        }
        if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
            return Optional.of(TIFF);
        }
        return findRefused(head);
    }

    private static Optional<PictureType> findRefused(String head) {
        if (head.startsWith("\u00ff\n") || head.startsWith("JXL ", 4)) {
            return Optional.of(JPEG_XL);
        }
        if (head.startsWith("jP  ", 4)) {
            return Optional.of(JPEG_2000);
        }
        if (head.startsWith("ftyp", 4)) {
            return Optional.of(HEIF);
        }
        return head.startsWith("%PDF") ? Optional.of(PDF) : Optional.empty();
    }
}
